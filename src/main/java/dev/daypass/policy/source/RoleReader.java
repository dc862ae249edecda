package dev.daypass.policy.source;

import dev.daypass.policy.PlainText;
import dev.daypass.policy.host.LabelSelector;
import dev.daypass.policy.role.Eligibility;
import dev.daypass.policy.role.Extension;
import dev.daypass.policy.role.KeyRule;
import dev.daypass.policy.role.Opening;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.RoleName;
import dev.daypass.policy.role.Rules;
import dev.daypass.policy.role.Ttl;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks one role, key by key, in the order of DESIGN section 5. */
final class RoleReader {

  private static final int MAX_TEXT_LENGTH = 1000;

  /** OpenSSH patterns of host names, safe to stand in a line of ssh_config (CASES 80). */
  private static final Pattern HOST_PATTERN = Pattern.compile("[a-z0-9*?][a-z0-9.*?-]{0,252}");

  private final String path;
  private final Problems problems;
  private final HolderReader holders;
  private final ValueReader values;
  private final SourceReader sources;

  RoleReader(String path, Set<String> issuers, Problems problems) {
    this.path = path;
    this.problems = problems;
    this.holders = new HolderReader(path, issuers, problems);
    this.values = new ValueReader(path, problems);
    this.sources = new SourceReader(path, problems);
  }

  /** Empty if something that a role cannot be without is wrong; then a problem says so. */
  Optional<Role> role(RoleName name, RawRole raw, RulesReader rulesReader) {
    Eligibility eligibility = holders.eligibility(raw.holder());
    Optional<Opening> opening = holders.opening(raw, eligibility);
    warnOfAllHosts(raw);
    Optional<Ttl> ttl = values.ttl(raw.ttl());
    KeyRule keys = values.keys(raw.keys());
    Set<Extension> extensions = extensions(raw.extensions());
    checkText("description", raw.description());
    checkText("force-command", raw.forceCommand());
    checkPatterns(raw.patterns());
    var source = sources.sourceRule(raw.sourceAddress());
    var reason = values.reason(raw.reason());
    var proof = values.proof(raw.proof());
    Optional<Duration> idpGrace = values.grace("idp-grace", raw.idpGrace());
    Optional<Duration> sessionGrace = values.grace("session-grace", raw.sessionGrace());
    Optional<Duration> maxAuthAge = values.positive("max-auth-age", raw.maxAuthAge());
    Rules rules = rulesReader.role(path, raw.rules());
    if (opening.isEmpty() || ttl.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Role(
            name,
            raw.description().orElse(""),
            eligibility,
            opening.get(),
            new LabelSelector(raw.hosts()),
            raw.patterns(),
            ttl.get(),
            extensions,
            raw.forceCommand(),
            source,
            keys,
            reason,
            proof,
            idpGrace,
            sessionGrace,
            maxAuthAge,
            rules));
  }

  private void warnOfAllHosts(RawRole raw) {
    if (raw.hosts().isEmpty() && raw.principals().isEmpty()) {
      problems.warn(
          path + ".hosts",
          "without labels this role opens every server that joins",
          "name labels, such as { env: prod }");
    }
  }

  private Set<Extension> extensions(List<String> names) {
    Set<Extension> extensions = EnumSet.noneOf(Extension.class);
    for (int i = 0; i < names.size(); i++) {
      Optional<Extension> extension = Extension.parse(names.get(i));
      if (extension.isEmpty()) {
        problems.error(
            path + ".extensions[" + i + "]",
            "no such extension",
            "the extensions are " + String.join(", ", extensionNames()));
      } else if (!extensions.add(extension.get())) {
        problems.error(path + ".extensions[" + i + "]", "named twice", "name it once");
      }
    }
    return extensions;
  }

  private static List<String> extensionNames() {
    return EnumSet.allOf(Extension.class).stream().map(Extension::text).toList();
  }

  private void checkText(String key, Optional<String> text) {
    if (text.isPresent() && !PlainText.fits(text.get(), MAX_TEXT_LENGTH)) {
      problems.error(
          path + "." + key,
          "empty, too long, or with characters that cannot be shown",
          "write one line of at most " + MAX_TEXT_LENGTH + " characters");
    }
  }

  private void checkPatterns(List<String> patterns) {
    for (int i = 0; i < patterns.size(); i++) {
      if (!HOST_PATTERN.matcher(patterns.get(i)).matches()) {
        problems.error(
            path + ".patterns[" + i + "]",
            "not a host pattern",
            "write lower-case names with * and ?, such as *.prod.example.com");
      }
    }
  }
}
