package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.custody.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DaypassdTest {
  @TempDir private Path folder;
  private CommandLineRun daypassd;

  @BeforeEach
  void copyExamples() throws IOException {
    daypassd = new CommandLineRun(folder);
  }

  @Test
  void helpNamesEveryCommand() {
    Outcome outcome = daypassd.runBare("--help");

    assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .contains("serve", "init", "check", "explain", "idp", "ledger", "version", "Exit codes");
  }

  @Test
  void everyCommandHasHelp() {
    assertThat(daypassd.runBare("explain", "--help").out()).contains("--as=USERNAME", "--at=TIME");
    assertThat(daypassd.runBare("idp", "test", "--help").out()).contains("--token-file=FILE");
    assertThat(daypassd.runBare("ledger", "verify", "--help").out()).contains("--checkpoint");
  }

  @Test
  void mistypedCommandIsUsage() {
    Outcome outcome = daypassd.runBare("chek");

    assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err())
        .contains("unknown command chek", "did you mean check?", "--help says more");
    assertThat(daypassd.runBare("frobnicate").err())
        .as("nothing is near it")
        .contains("unknown command frobnicate")
        .doesNotContain("did you mean");
  }

  @Test
  void mistypedOptionIsUsage() {
    assertThat(daypassd.runBare("check", "--confg", "x").err())
        .contains("unknown option --confg", "did you mean --config?", "daypassd check --help");
  }

  @Test
  void aWordTooManyIsUsage() {
    Outcome outcome = daypassd.runBare("version", "please");

    assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("one word too many: please");
  }

  @Test
  void missingOptionIsUsage() {
    Outcome outcome = daypassd.run("explain", "--as", "alice@example.com");

    assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("--role");
  }

  @Test
  void versionNamesWhatSigns() {
    Outcome outcome = daypassd.runBare("version");

    assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out()).contains("daypass ", "  crypto  ", "  java    ");
  }

  @Test
  void serveHandsOverTheConfiguration() {
    assertThat(daypassd.run("serve")).isEqualTo(new Outcome(ExitCode.DONE, "", ""));
  }

  @Test
  void faultsOfConfigurationAreAlignedWithTheirRemedies() throws IOException {
    Files.writeString(
        daypassd.config(),
        """
        url: https://CA.example.com
        lisen: {}
        tls: { certificate: tls.crt, key: tls.key }
        ledger: { origin: ca.example.com/daypass }
        identity: { ci: { preset: github-actions, audience: daypass } }
        """);

    Outcome outcome = daypassd.run("serve");

    assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            """
            refused: %s has 2 problems

              line 1  url    is not a bare origin in lower case
                             → write https://ca.example.com

              line 2  lisen  unknown key "lisen"
                             → did you mean listen?
            """
                .formatted(daypassd.config()));
  }

  @Test
  void colourIsOnlyForTerminalsThatWantIt() {
    assertThat(daypassd.run("version").out()).doesNotContain("\u001b");
    assertThat(daypassd.at(Map.of("TERM", "xterm")).run("version").out()).contains("\u001b[1m");
    assertThat(daypassd.at(Map.of("TERM", "xterm", "NO_COLOR", "1")).run("version").out())
        .doesNotContain("\u001b");
    assertThat(daypassd.at(Map.of("TERM", "dumb")).run("version").out()).doesNotContain("\u001b");
  }

  @Test
  void initSaysWhetherTheRootKeyIsEncrypted() throws IOException {
    assertThat(daypassd.run("init").out()).contains("NOT encrypted", "leave this machine at once");
  }

  @Test
  void initEncryptsTheRootKeyAndNoOther() throws Exception {
    Path file = folder.resolve("passphrase");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "correct horse\n");
    Outcome outcome = daypassd.run("init", "--root-passphrase-file", file.toString());
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("is encrypted").doesNotContain("NOT", "correct horse");
    Path root = folder.resolve("state/offline/root");
    assertThatThrownBy(() -> KeyFile.read(root, Optional.empty()))
        .hasMessageContaining("needs its passphrase");
    assertThat(KeyFile.read(root, Optional.of(file)).publicKey().fingerprint().toString())
        .isIn(outcome.out().lines().flatMap(line -> Stream.of(line.split(" "))).toList());
    assertThat(KeyFile.read(folder.resolve("state/keys/user-ca"), Optional.empty())).isNotNull();
  }

  @Test
  void initMakesNothingWhenThePassphraseCannotBeHad() throws IOException {
    Path open = Files.writeString(folder.resolve("open"), "correct horse\n");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    for (Path file : List.of(open, folder.resolve("absent"))) {
      Outcome outcome = daypassd.run("init", "--root-passphrase-file", file.toString());
      assertThat(outcome.exit()).isEqualTo(2);
      assertThat(outcome.err()).contains(file.toString()).doesNotContain("correct horse");
      assertThat(folder.resolve("state")).doesNotExist();
    }
  }

  @Test
  void initAsksATerminalForTheRootKeysPassphrase() throws Exception {
    Outcome outcome = daypassd.typing("correct horse", "correct horse").run("init");
    assertThat(outcome.out()).contains("is encrypted").doesNotContain("NOT", "correct horse");
    Path file = folder.resolve("passphrase");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "correct horse\n");
    assertThat(KeyFile.read(folder.resolve("state/offline/root"), Optional.of(file))).isNotNull();
  }

  @Test
  void initTakesAnEmptyAnswerAsNoPassphrase() {
    Outcome outcome = daypassd.typing("").run("init");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("NOT encrypted");
  }

  @Test
  void initMakesNothingWhenThePersonSlipsOrGoesAway() {
    assertThat(daypassd.typing("correct horse", "correct house").run("init").err())
        .contains("the two passphrases differ", "nothing was made");
    assertThat(daypassd.typing((String) null).run("init").err()).contains("no passphrase");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void initMakesKeysOnceAndNeverOverwrites() throws IOException {
    Outcome first = daypassd.run("init");
    byte[] key = Files.readAllBytes(folder.resolve("state/keys/user-ca"));
    Outcome second = daypassd.run("init");

    assertThat(first.exit()).as(first.err()).isEqualTo(ExitCode.DONE);
    assertThat(first.out()).contains("root", "shred -u");
    assertThat(second.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(second.err()).contains("never overwrites");
    assertThat(folder.resolve("state/keys/user-ca")).hasBinaryContent(key);
  }

  @Test
  void ledgerThatIsNotThereIsRefused() {
    Outcome outcome = daypassd.run("ledger", "show", "0");

    assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(outcome.err()).contains("there is no " + folder.resolve("state/ledger.db"));
  }

  @Test
  void unknownProviderNamesTheNearest() {
    Outcome outcome = daypassd.run("idp", "test", "otka");

    assertThat(outcome.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(outcome.err()).contains("did you mean okta? known: ci, okta");
  }

  @Test
  void idpThatCannotBeReachedIsUnreachable() throws IOException {
    String text = Files.readString(daypassd.config());
    Files.writeString(
        daypassd.config(), text.replace("https://example.okta.com", "http://127.0.0.1:1"));

    Outcome outcome = daypassd.run("idp", "test", "okta");

    assertThat(outcome.exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(outcome.out()).startsWith("unreachable: okta").contains("127.0.0.1:1");
  }
}
