package dev.daypass.cases;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigProblem;
import dev.daypass.config.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Policy files that must not load. */
final class PolicyTexts {
  private PolicyTexts() {}

  /** A role with one more line. */
  static String role(String name, String line) {
    return """
    roles:
      %s:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        allow: [{ when: 'true' }]
        %s
    """
        .formatted(name, line);
  }

  /** A role that opens this account. */
  static String account(String account) {
    return role("ops", "").replace("[deploy]", "[" + account + "]");
  }

  /** A role with this principal. */
  static String principal(String principal) {
    return role("ops", "").replace("accounts: [deploy]", "principals: [" + principal + "]");
  }

  /** A text in double quotes as YAML and JSON have it. */
  static String quoted(String text) {
    return Scene.JSON.writeValueAsString(text);
  }

  /** What is wrong with a policy; empty if it loads. */
  static List<ConfigProblem> problems(String text) throws IOException {
    Path file = Files.createTempFile("policy-", ".yaml");
    try {
      Files.writeString(file, text);
      var _ = PolicyFile.read(file, Set.of("dev", "second", "jobs"));
      return List.of();
    } catch (ConfigInvalid e) {
      return e.problems();
    } finally {
      Files.delete(file);
    }
  }
}
