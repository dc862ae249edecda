package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completions, each loaded by its own shell. */
final class CompletionIT {
  private static final Path FILES = Path.of("src/main/completions").toAbsolutePath();

  @TempDir Path folder;

  @BeforeEach
  void roles() throws IOException {
    Path settings = Files.createDirectories(folder.resolve("daypass"));
    Files.writeString(settings.resolve("roles"), "prod optional db-1\nroot required db-2\n");
  }

  @Test
  void bashCompletes() throws Exception {
    String run =
        ". %s/daypass.bash; COMP_WORDS=(%s); COMP_CWORD=%d; _daypass; echo \"${COMPREPLY[*]}\"";
    assertThat(by("bash", "-c", run.formatted(FILES, "daypass st", 1))).isEqualTo("status\n");
    assertThat(by("bash", "-c", run.formatted(FILES, "daypass ensure ''", 2)))
        .isEqualTo("prod root\n");
  }

  @Test
  void fishCompletes() throws Exception {
    String run = "source %s/daypass.fish; complete -C '%s'";
    assertThat(by("fish", "-c", run.formatted(FILES, "daypass hist")))
        .isEqualTo("history\tyour logins and certificates\n");
    assertThat(by("fish", "-c", run.formatted(FILES, "daypass ensure r"))).isEqualTo("root\n");
  }

  /** Its own functions only say what they are given: without a terminal they complete nothing. */
  @Test
  void zshCompletes() throws Exception {
    String run =
        """
        _describe() { print -l -- ${(P)2}; }
        _arguments() { print -l -- "$@"; }
        compadd() { print -l -- ${(P)2}; }
        words=(%s) CURRENT=%d
        complete() { . %s/_daypass; }
        complete
        %s
        """;
    assertThat(by("zsh", "-fc", run.formatted("daypass ''", 2, FILES, "")))
        .contains("history:your logins and certificates\n");
    assertThat(by("zsh", "-fc", run.formatted("daypass request ''", 3, FILES, "_daypass_roles")))
        .contains("--reason[why]:text\n")
        .endsWith("prod\nroot\n");
  }

  private String by(String... words) throws IOException {
    return Command.of(words)
        .with("XDG_CONFIG_HOME", folder.toString())
        .with("HOME", folder.toString())
        .output();
  }
}
