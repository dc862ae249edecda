package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The completions, each loaded by its own shell, and the manual. */
final class CompletionIT {
  private static final Path FILES = Path.of("src/main/completions").toAbsolutePath();

  @TempDir Path folder;

  @BeforeEach
  void roles() throws IOException {
    Path settings = Files.createDirectories(folder.resolve("daypass"));
    Files.writeString(settings.resolve("roles"), "prod optional db-1\nroot required db-2\n");
  }

  @ParameterizedTest
  @CsvSource({"bash, .bashrc, bash --rcfile .bashrc -i", "zsh, .zshrc, zsh -d -i"})
  void aTabCompletes(String shell, String start, String interactive) throws Exception {
    String load =
        shell.equals("bash")
            ? ". %s/daypass.bash\n".formatted(FILES)
            : "fpath=(%s $fpath); autoload -U compinit; compinit -u -D\n".formatted(FILES);
    Files.writeString(folder.resolve(start), load + "daypass() { echo ran: \"$@\"; }; PS1=\n");
    Files.createFile(folder.resolve("key.pub"));
    Files.writeString(
        folder.resolve("keys"),
        """
        daypass his\t
        daypass request pr\t
        daypass ensure roo\t
        daypass init --fi\t
        daypass logout --a\t
        daypass sign -n prod k\t
        exit
        """);
    String typed = "cd %s; script -qec '%s' /dev/null <keys".formatted(folder, interactive);
    assertThat(by("sh", "-c", typed).lines().map(String::strip))
        .filteredOn(line -> line.startsWith("ran: "))
        .containsExactly(
            "ran: history",
            "ran: request prod",
            "ran: ensure root",
            "ran: init --fido",
            "ran: logout --all",
            "ran: sign -n prod key.pub");
  }

  /** fish completes without a terminal what it would at one. */
  @Test
  void fishCompletes() throws Exception {
    String run = "source %s/daypass.fish; complete -C '%s'";
    assertThat(by("fish", "-c", run.formatted(FILES, "daypass hist")))
        .isEqualTo("history\tyour logins and certificates\n");
    assertThat(by("fish", "-c", run.formatted(FILES, "daypass ensure r"))).isEqualTo("root\n");
    assertThat(by("fish", "-c", run.formatted(FILES, "daypass init --fi")))
        .isEqualTo("--fido\tkeep it in a security key\n");
  }

  /** Whoever adds a command tells the completions and the manual. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "completions/_daypass",
        "completions/daypass.bash",
        "completions/daypass.fish",
        "man/daypass.1"
      })
  void knowsEveryCommand(String file) throws Exception {
    String text = Files.readString(Path.of("src/main", file));
    String help = Command.of(DaypassScript.SCRIPT.toString(), "--help").output();
    assertThat(help.lines().filter(line -> line.matches("  [a-z]+ .*")).toList())
        .hasSizeGreaterThan(8)
        .allSatisfy(line -> assertThat(text).contains(line.strip().split(" ", 2)[0]));
  }

  @ParameterizedTest
  @CsvSource({"daypass.1,SECURITY CONSIDERATIONS", "daypassd.8,EXIT STATUS"})
  void theManualsRenderWithoutAWarning(String page, String section) throws Exception {
    Command groff = Command.of("groff", "-mandoc", "-Tutf8", "-ww", "src/main/man/" + page);
    Command.Result result = groff.run();
    assertThat(result.err()).isEmpty();
    // Some systems' groff prints bold letters twice over, some in colour.
    String text = result.out().replaceAll(".\b|\u001b\\[[0-9;]*m", "");
    assertThat(text).contains(section);
  }

  private String by(String... words) throws IOException {
    return Command.of(words)
        .with("XDG_CONFIG_HOME", folder.toString())
        .with("HOME", folder.toString())
        .with("ZDOTDIR", folder.toString())
        .output();
  }
}
