package dev.daypass.config.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigProblem;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CASES 38: the operator's own list. */
final class BlockedKeysTest {
  private static final SshPublicKey LEAKED = key();
  private static final SshPublicKey LOST = key();

  @TempDir private Path folder;

  @Test
  void noListBlocksNothing() throws Exception {
    assertThat(BlockedKeys.read(Optional.empty())).isEmpty();
  }

  @Test
  void readsFingerprintsKeysAndComments() throws Exception {
    Path file =
        write(
            """
            # found on a public page

            %s  # 2026-11-02
              %s lost@laptop # not a comment of ours
            """
                .formatted(LEAKED.fingerprint(), LOST.line()));

    assertThat(BlockedKeys.read(Optional.of(file)))
        .containsExactlyInAnyOrder(LEAKED.fingerprint(), LOST.fingerprint());
  }

  @Test
  void listOfCommentsBlocksNothing() throws Exception {
    assertThat(BlockedKeys.read(Optional.of(write("# none yet\n")))).isEmpty();
  }

  @Test
  void sameKeyTwiceIsOneKey() throws Exception {
    Path file = write(LEAKED.fingerprint() + "\r\n" + LEAKED.line() + "\r\n");

    assertThat(BlockedKeys.read(Optional.of(file))).containsExactly(LEAKED.fingerprint());
  }

  @Test
  void everyFaultHasItsLine() throws IOException {
    List<ConfigProblem> problems =
        problems(
            write(
                """
                # a comment
                SHA256:abc
                %s
                nonsense
                """
                    .formatted(LEAKED.fingerprint())));

    assertThat(problems).extracting(ConfigProblem::line).containsExactly(2, 4);
    assertThat(problems)
        .extracting(ConfigProblem::message)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("is no fingerprint: "),
            second -> assertThat(second).startsWith("is neither fingerprint nor key: "));
    assertThat(problems)
        .extracting(ConfigProblem::remedy)
        .containsOnly("write SHA256:… as ssh-keygen -lf prints it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
        "sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV",
        "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU alice",
        "256 SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU alice (ED25519)",
        "*"
      })
  void refusesWhatMayHaveBeenMeantOtherwise(String line) throws IOException {
    assertThat(problems(write(line + "\n"))).hasSize(1);
  }

  @Test
  void wrongFileIsNotPrintedAsAWhole() throws IOException {
    List<ConfigProblem> problems = problems(write("nonsense\n".repeat(1000)));

    assertThat(problems).hasSize(51);
    assertThat(problems.getLast().message()).isEqualTo("and 950 more lines");
  }

  @Test
  void listThatIsMissingOrOpenToEverybodyIsRefused() throws IOException {
    assertThat(problems(folder.resolve("absent")).getFirst().message())
        .isEqualTo("there is no such file");
    Path open = write("# none\n");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(problems(open).getFirst().message()).isEqualTo("everybody may change it");
  }

  @Test
  void listMayBeLongerThanAConfiguration() throws Exception {
    Path file = write(("# " + "x".repeat(1000) + "\n").repeat(1500) + LEAKED.line());

    assertThat(BlockedKeys.read(Optional.of(file))).containsExactly(LEAKED.fingerprint());
  }

  private static List<ConfigProblem> problems(Path file) {
    return catchThrowableOfType(ConfigInvalid.class, () -> BlockedKeys.read(Optional.of(file)))
        .problems();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("blocked-keys"), text);
  }

  private static SshPublicKey key() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }
}
