package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.CaFiles;
import dev.daypass.TestCa;
import dev.daypass.cert.Certificate;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Certificates under CA keys of each type, in files that {@code ssh-keygen} and {@code openssl}
 * made, are taken by a stock {@code sshd}.
 */
final class CaKeyFilesIT {
  private static final String PASSPHRASE = "correct horse battery";
  private static final Parts PARTS = new Parts();

  @TempDir private Path folder;

  private static String account;

  @BeforeAll
  static void start() throws IOException {
    account = PARTS.started(new LocalAccounts()).make("key");
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, '', ssh-ed25519",
    "ecdsa, 256, '', ecdsa-sha2-nistp256",
    "ecdsa, 384, '', ecdsa-sha2-nistp384",
    "ecdsa, 521, '', ecdsa-sha2-nistp521",
    "rsa, 3072, '', rsa-sha2-512",
    "rsa, 3072, rsa-sha2-256, rsa-sha2-256",
  })
  void sshdTakesCertificatesOfEachTypeOfCaKey(
      String type, String bits, String signature, String algorithm) throws Exception {
    CaFiles.KeySetup setup =
        in -> {
          Path key = sshKeygen(in, "own", type, bits, PASSPHRASE);
          String rsa = signature.isEmpty() ? "" : ", rsa-signature: " + signature;
          return new CaFiles.Keys(
              "user-ca: { file: %s, passphrase-file: %s%s }\n".formatted(key, passphrase(in), rsa),
              Map.of(KeyUse.USER_CA, half(key)));
        };
    try (TestCa ca = TestCa.with().keys(setup).start()) {
      Certificate certificate = new CaLogin(ca, folder, account).succeeds();
      assertThat(certificate.signature().algorithm()).isEqualTo(algorithm);
    }
  }

  @Test
  void sshdTakesCertificatesOfAnEncryptedPkcs8Key() throws Exception {
    CaFiles.KeySetup setup =
        in -> {
          Path pem = in.resolve("pkcs8.pem");
          var _ =
              Command.of("openssl", "genpkey", "-algorithm", "EC", "-aes256")
                  .and("-pkeyopt", "ec_paramgen_curve:P-384", "-pass", "pass:" + PASSPHRASE)
                  .and("-out", pem.toString())
                  .output();
          Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));
          String half =
              Command.of("ssh-keygen", "-y", "-P", PASSPHRASE, "-f", pem.toString()).output();
          Files.writeString(in.resolve("pkcs8.pem.pub"), half);
          return new CaFiles.Keys(
              "user-ca: { file: %s, passphrase-file: %s }\n".formatted(pem, passphrase(in)),
              Map.of(KeyUse.USER_CA, half(pem)));
        };
    try (TestCa ca = TestCa.with().keys(setup).start()) {
      Certificate certificate = new CaLogin(ca, folder, account).succeeds();
      assertThat(certificate.signature().algorithm()).isEqualTo("ecdsa-sha2-nistp384");
    }
  }

  @Test
  void startsWithNoKeyThatOthersCanReadOrThatHasTwoUses() throws Exception {
    try (TestCa ca = TestCa.start()) {
      ca.stopDaemon();
      Path userCa = ca.files().keyFile(KeyUse.USER_CA);
      Files.setPosixFilePermissions(userCa, PosixFilePermissions.fromString("rw----r--"));
      assertThatThrownBy(ca::startDaemon).hasMessageContaining("is open to others");

      Files.setPosixFilePermissions(userCa, PosixFilePermissions.fromString("rw-------"));
      Files.copy(userCa, ca.files().keyFile(KeyUse.HOST_CA), StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(ca::startDaemon)
          .hasMessageContaining("keys.user-ca and keys.host-ca are one key")
          .hasMessageContaining("give each use a key of its own");
    }
  }

  private static Path sshKeygen(Path in, String name, String type, String bits, String phrase)
      throws IOException {
    Path key = in.resolve(name);
    List<String> size = type.equals("ed25519") ? List.of() : List.of("-b", bits);
    var _ =
        Command.of("ssh-keygen", "-q", "-t", type, "-N", phrase, "-f", key.toString())
            .and(size.toArray(String[]::new))
            .output();
    return key;
  }

  private static Path passphrase(Path in) throws IOException {
    Path file = Files.writeString(in.resolve("passphrase"), PASSPHRASE + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  static SshPublicKey half(Path key) throws IOException {
    try {
      String[] words = Files.readString(Path.of(key + ".pub")).strip().split(" ", 3);
      return SshPublicKey.parse(words[0] + " " + words[1]);
    } catch (SshFormatException e) {
      throw new IOException(key + ".pub", e);
    }
  }
}
