package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.cli.Daypassd;
import dev.daypass.cli.terminal.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who runs {@code daypassd} on the CA machine. */
public record Operator(TestCa ca) {
  /** A command that must end well; what it says. */
  public String run(String... words) {
    return ends(0, words);
  }

  /** A command that must be refused; what it says. */
  public String refused(String... words) {
    return ends(2, words);
  }

  private String ends(int expected, String... words) {
    List<String> all = new ArrayList<>(List.of("--config", ca.files().configFile().toString()));
    all.addAll(List.of(words));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
    Surroundings surroundings =
        new Surroundings(both, both, Map.of(), Clock.systemUTC(), false, Optional.empty());
    int exit =
        Daypassd.run(all.toArray(String[]::new), surroundings, _ -> 0, _ -> 0, (_, _, _) -> 0);
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(exit).as(text).isEqualTo(expected);
    return text;
  }

  /** Revokes what these options name, and returns what that says. */
  public String revoke(String... what) {
    List<String> words = new ArrayList<>(List.of("revoke", "--yes", "--reason", "a test"));
    words.addAll(List.of(what));
    String said = run(words.toArray(String[]::new));
    assertThat(said).contains("is revoked", "certificates");
    return said;
  }
}
