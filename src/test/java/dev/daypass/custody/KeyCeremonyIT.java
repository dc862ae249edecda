package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeygen;
import dev.daypass.ssh.signature.SshSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ceremony makes, in the hands of a real {@code ssh-keygen}. */
class KeyCeremonyIT {
  @TempDir private Path folder;
  private KeyCeremonyReport report;
  private SshKeygen keygen;

  @BeforeEach
  void perform() throws Exception {
    keygen = new SshKeygen(folder);
    report =
        KeyCeremony.perform(
            KeyCeremonyPlan.withDefaults(
                folder.resolve("state"),
                folder.resolve("head"),
                "ca.example.com/daypass",
                Instant.now()));
  }

  @Test
  void sshKeygenReadsEveryPrivateKey() throws Exception {
    for (KeyUse use : KeyUse.values()) {
      Path file =
          use == KeyUse.ROOT ? report.rootKey() : folder.resolve("state/keys/" + use.keyName());
      assertThat(keygen.run("-y", "-f", file.toString())).startsWith(report.key(use).line());
    }
  }

  @Test
  void sshKeygenVerifiesTheBundleAsAShellWouldSplitIt() throws Exception {
    Path message = split("sed '/^-----BEGIN SSH SIGNATURE-----$/,$d' ", "bundle");
    split("sed -n '/^-----BEGIN SSH SIGNATURE-----$/,$p' ", "bundle.sig");
    SshKeygen.Run result = verify(message, "bundle@daypass.dev");
    assertThat(result.output()).contains("Good \"bundle@daypass.dev\" signature");
    assertThat(result.exit()).isZero();
    assertThat(verify(message, "krl@daypass.dev").exit()).isNotZero();

    Files.writeString(message, Files.readString(message).replace("number 1", "number 2"));
    assertThat(verify(message, "bundle@daypass.dev").exit()).isNotZero();
  }

  @Test
  void aShellReadsTheBundleWithoutAParser() throws Exception {
    String keys = shell("sed -n 's/^user-ca //p' " + report.bundle());
    assertThat(keys).isEqualTo(report.key(KeyUse.USER_CA).line() + "\n");
  }

  @Test
  void readsKeyWithThePassphraseThatSshKeygenGaveIt() throws Exception {
    Path key = folder.resolve("state/keys/user-ca");
    keygen.run("-q", "-p", "-N", "correct horse", "-f", key.toString());
    Path passphrase = folder.resolve("passphrase");
    PrivateFile.create(passphrase, "correct horse\n".getBytes(StandardCharsets.UTF_8));

    SshSigner signer = KeyFile.read(key, Optional.of(passphrase));

    assertThat(signer.publicKey()).isEqualTo(report.key(KeyUse.USER_CA));
  }

  @Test
  void sshKeygenOpensTheRootKeyWithItsPassphraseAndNoOther() throws Exception {
    KeyCeremonyReport sealed =
        KeyCeremony.perform(
            KeyCeremonyPlan.withDefaults(
                folder.resolve("sealed"),
                folder.resolve("head2"),
                "ca.example.com/daypass",
                Instant.now()),
            Optional.of("correct horse ü".toCharArray()));
    String root = sealed.rootKey().toString();
    assertThat(keygen.run("-y", "-P", "correct horse ü", "-f", root))
        .startsWith(sealed.key(KeyUse.ROOT).line());
    for (String wrong : new String[] {"", "correct horse", "correct horse u"}) {
      SshKeygen.Run refused = keygen.tryRunWithInput(Bytes.EMPTY, "-y", "-P", wrong, "-f", root);
      assertThat(refused.exit()).as(wrong).isNotZero();
    }
  }

  private Path split(String sed, String name) throws Exception {
    return keygen.write(name, shell(sed + report.bundle()));
  }

  private SshKeygen.Run verify(Path message, String namespace) throws Exception {
    Path signers = keygen.write("signers", "root " + report.key(KeyUse.ROOT).line() + "\n");
    return keygen.tryRunWithInput(
        Bytes.of(Files.readAllBytes(message)),
        "-Y",
        "verify",
        "-f",
        signers.toString(),
        "-I",
        "root",
        "-n",
        namespace,
        "-s",
        message + ".sig");
  }

  private static String shell(String command) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
