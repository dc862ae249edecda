package dev.daypass.ssh.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Pkcs8KeyFileTest {
  private static final Path FIXTURES = Path.of("src/test/resources/dev/daypass/ssh/pkcs8");
  private static final String PASSPHRASE = "correct horse";
  private static final Bytes MESSAGE = Bytes.ofUtf8("a message");

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "p256", "p384", "p521", "rsa3072"})
  void readsWhatOpensslWrote(String name) throws Exception {
    OpenSshPrivateKey key =
        OpenSshPrivateKey.parse(text("valid_" + name + ".pem"), Optional.empty());
    assertThat(spki(key)).isEqualTo(Base64.getDecoder().decode(text(name + ".spki").strip()));
    assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, key.sign(MESSAGE))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "p256", "p384", "p521", "rsa3072"})
  void readsWhatOpensslEncrypted(String name) throws Exception {
    OpenSshPrivateKey plain =
        OpenSshPrivateKey.parse(text("valid_" + name + ".pem"), Optional.empty());
    OpenSshPrivateKey encrypted =
        OpenSshPrivateKey.parse(
            text("valid_" + name + "_encrypted.pem"), Optional.of(PASSPHRASE.toCharArray()));
    assertThat(encrypted.publicKey()).isEqualTo(plain.publicKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"explicit_curve", "other_curve", "x25519", "rsa1024", "sec1"})
  void refusesOtherKeys(String name) {
    refuses(Optional.empty(), "error_" + name + ".pem");
  }

  @Test
  void wantsThePassphraseExactlyOfAnEncryptedFile() {
    refuses(Optional.empty(), "valid_p384_encrypted.pem");
    refuses(Optional.of("wrong horse"), "valid_p384_encrypted.pem");
    refuses(Optional.of(""), "valid_p384_encrypted.pem");
    refuses(Optional.of(PASSPHRASE), "valid_p384.pem");
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    String whole = text("valid_p256.pem");
    String body = whole.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
    byte[] der = Base64.getDecoder().decode(body);
    for (int length = 0; length < der.length; length++) {
      String cut = Armor.PKCS8.text(Bytes.of(Arrays.copyOf(der, length)));
      assertThatExceptionOfType(SshFormatException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> OpenSshPrivateKey.parse(cut, Optional.empty()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-sha2-512", "rsa-sha2-256"})
  void rsaSignsByTheHashThatIsAskedFor(String algorithm) throws Exception {
    OpenSshPrivateKey key =
        OpenSshPrivateKey.parse(text("valid_rsa3072.pem"), Optional.empty())
            .signingBy(RsaHash.ofAlgorithm(algorithm).orElseThrow());
    SshSignature signature = key.sign(MESSAGE);
    assertThat(signature.algorithm()).isEqualTo(algorithm);
    assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, signature)).isTrue();
    assertThat(RsaHash.ofAlgorithm("ssh-rsa")).isEmpty();
  }

  private static void refuses(Optional<String> passphrase, String name) {
    assertThatExceptionOfType(SshFormatException.class)
        .isThrownBy(() -> OpenSshPrivateKey.parse(text(name), passphrase.map(String::toCharArray)))
        .withMessageNotContaining(PASSPHRASE);
  }

  private static byte[] spki(OpenSshPrivateKey key) throws Exception {
    return JavaPublicKeys.of(key.publicKey(), SignatureProvider.fastest()).getEncoded();
  }

  private static String text(String name) throws IOException {
    return Files.readString(FIXTURES.resolve(name), StandardCharsets.US_ASCII);
  }
}
