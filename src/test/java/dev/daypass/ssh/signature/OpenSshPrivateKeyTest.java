package dev.daypass.ssh.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OpenSshPrivateKeyTest {
  private static final Bytes MESSAGE = Bytes.ofUtf8("a message");

  @ParameterizedTest
  @EnumSource(names = {"RSA", "ECDSA_P256", "ECDSA_P384", "ECDSA_P521", "ED25519"})
  void signsWhatVerifies(SshKeyType type) throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(type);
    SshSignature signature = key.sign(MESSAGE);
    assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, signature)).isTrue();
    assertThat(SignatureVerifier.verify(key.publicKey(), Bytes.ofUtf8("other"), signature))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA", "ECDSA_P256", "ECDSA_P384", "ECDSA_P521", "ED25519"})
  void readsWhatItWrote(SshKeyType type) throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(type);
    OpenSshPrivateKey again = OpenSshPrivateKey.parse(key.encode("who"), Optional.empty());
    assertThat(again.publicKey()).isEqualTo(key.publicKey());
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA", "ECDSA_P256", "ECDSA_P384", "ECDSA_P521", "ED25519"})
  void bouncyCastleAndTheNativeProviderAgree(SshKeyType type) throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(type);
    OpenSshPrivateKey fallback = key.with(SignatureProvider.bouncyCastle());
    SignatureVerifier slow = new SignatureVerifier(SignatureProvider.bouncyCastle());
    assertThat(slow.accepts(key.publicKey(), MESSAGE, key.sign(MESSAGE))).isTrue();
    assertThat(slow.accepts(key.publicKey(), MESSAGE, fallback.sign(MESSAGE))).isTrue();
    assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, fallback.sign(MESSAGE))).isTrue();
    assertThat(slow.accepts(key.publicKey(), Bytes.EMPTY, fallback.sign(MESSAGE))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"SK_ECDSA_P256", "SK_ED25519"})
  void makesNoSecurityKey(SshKeyType type) {
    assertThatThrownBy(() -> OpenSshPrivateKey.generate(type))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
