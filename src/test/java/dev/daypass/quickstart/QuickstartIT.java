package dev.daypass.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, as it stands there. */
class QuickstartIT {
  private static final Path DAYPASSD = Path.of("target/daypass/bin/daypassd").toAbsolutePath();

  @Test
  void tellsTheWholeStory() throws Exception {
    String story = run(List.of("quickstart", "--once"));

    assertThat(story)
        .contains("logged in by certificate")
        .contains("Key ID: \"alice@example.com role=prod-db-debug\"")
        .contains("\"reason\" : \"slow query\"")
        .contains("ok SSH signature")
        .doesNotContain("\n   no ");
  }

  @Test
  void goesOnWithAKeptState(@TempDir Path folder) throws Exception {
    Path state = folder.resolve("state");
    String first = run(List.of("quickstart", "--once", "--state", state.toString()));
    String second = run(List.of("quickstart", "--once", "--state", state.toString()));

    assertThat(entry(second)).isGreaterThan(entry(first));
    assertThat(Files.exists(state.resolve("ledger.db"))).isTrue();
  }

  private static long entry(String story) {
    return story
        .lines()
        .filter(line -> line.contains("  entry    "))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static String run(List<String> arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(DAYPASSD.toString());
    builder.command().addAll(arguments);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
