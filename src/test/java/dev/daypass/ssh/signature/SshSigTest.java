package dev.daypass.ssh.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.OpenSshVectors;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SshSigTest {
  private static final String NAMESPACE = "request@daypass.dev";
  private static final Bytes MESSAGE = Bytes.ofUtf8("a message");

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdsa", "ed25519", "ecdsa_sk", "ed25519_sk"})
  void verifiesTheVectorsOfOpenSsh(String name) throws Exception {
    SshSig signature = SshSig.parseArmored(OpenSshVectors.text("valid_" + name + ".sig"));
    Bytes message = Bytes.ofUtf8(OpenSshVectors.text("signed-data"));
    assertThat(signature.publicKey())
        .isEqualTo(SshPublicKey.parse(OpenSshVectors.text("valid_" + name + ".pub")));
    assertThat(signature.verifies(OpenSshVectors.text("namespace"), message)).isTrue();
    assertThat(signature.verifies("other", message)).isFalse();
    assertThat(signature.verifies("unittest", MESSAGE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdsa", "ed25519", "ecdsa_sk", "ed25519_sk"})
  void writesTheVectorsOfOpenSshAgain(String name) throws Exception {
    String armored = OpenSshVectors.text("valid_" + name + ".sig");
    assertThat(SshSig.parseArmored(armored).armored()).isEqualTo(armored);
  }

  @Test
  void refusesWebAuthnSignatures() {
    String armored = OpenSshVectors.text("error_webauthn.sig");
    assertThatThrownBy(() -> SshSig.parseArmored(armored)).isInstanceOf(SshFormatException.class);
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatItSigned(SshKeyType type) throws Exception {
    SshSig signature = SshSig.sign(TestKeys.of(type), NAMESPACE, MESSAGE);
    assertThat(signature.hash()).isEqualTo(SshSigHash.SHA512);
    SshSig again = SshSig.decode(signature.encode());
    assertThat(again).isEqualTo(signature);
    assertThat(again.verifies(NAMESPACE, MESSAGE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"SK_ECDSA_P256", "SK_ED25519"})
  void refusesASecurityKeyThatNobodyTouched(SshKeyType type) throws Exception {
    SoftwareAuthenticator key = SoftwareAuthenticator.generate(type);
    SshSigner untouched = key.withFlags(SoftwareAuthenticator.USER_VERIFIED);
    SshSig signature = SshSig.sign(untouched, NAMESPACE, MESSAGE);
    assertThat(signature.signature().userVerified()).isTrue();
    assertThat(signature.verifies(NAMESPACE, MESSAGE)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"SK_ECDSA_P256", "SK_ED25519"})
  void refusesASecurityKeyMadeForAWebSite(SshKeyType type) throws Exception {
    SshSigner key = SoftwareAuthenticator.generate(type).withApplication("example.com");
    assertThat(SshSig.sign(key, NAMESPACE, MESSAGE).verifies(NAMESPACE, MESSAGE)).isFalse();
  }

  @Test
  void refusesAnotherHashThanTheOneThatWasSigned() throws Exception {
    SshSig signed = SshSig.sign(TestKeys.of(SshKeyType.ED25519), NAMESPACE, MESSAGE);
    SshSig claimed =
        new SshSig(signed.publicKey(), NAMESPACE, SshSigHash.SHA256, signed.signature());
    assertThat(claimed.verifies(NAMESPACE, MESSAGE)).isFalse();
  }

  @Test
  void refusesAnEmptyNamespace() {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    assertThatThrownBy(() -> SshSig.sign(key, "", MESSAGE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesMalformedBlobs() throws Exception {
    SshSig good = SshSig.sign(TestKeys.of(SshKeyType.ED25519), NAMESPACE, MESSAGE);
    Bytes key = good.publicKey().blob();
    Bytes signature = good.signature().encode();
    refuses(Bytes.EMPTY);
    refuses(blob("SSHSIX", 1, key, NAMESPACE, "", "sha512", signature));
    refuses(blob("SSHSIG", 2, key, NAMESPACE, "", "sha512", signature));
    refuses(blob("SSHSIG", 1, key, "", "", "sha512", signature));
    refuses(blob("SSHSIG", 1, key, "a\0", "", "sha512", signature));
    refuses(blob("SSHSIG", 1, key, NAMESPACE, "x", "sha512", signature));
    refuses(blob("SSHSIG", 1, key, NAMESPACE, "", "sha384", signature));
    refuses(blob("SSHSIG", 1, key.concat(key), NAMESPACE, "", "sha512", signature));
    refuses(good.encode().concat(Bytes.ofHex("00")));
    assertThat(blob("SSHSIG", 1, key, NAMESPACE, "", "sha512", signature)).isEqualTo(good.encode());
  }

  @Test
  void refusesEveryChangedByte() throws Exception {
    SshSig good = SshSig.sign(TestKeys.of(SshKeyType.ED25519), NAMESPACE, MESSAGE);
    byte[] encoded = good.encode().toArray();
    for (int i = 0; i < encoded.length; i++) {
      byte[] changed = encoded.clone();
      changed[i] ^= 0x01;
      assertThat(verifies(Bytes.of(changed))).as("byte %d", i).isFalse();
    }
  }

  private static boolean verifies(Bytes blob) {
    try {
      return SshSig.decode(blob).verifies(NAMESPACE, MESSAGE);
    } catch (SshFormatException _) {
      return false;
    }
  }

  private static void refuses(Bytes blob) {
    assertThatThrownBy(() -> SshSig.decode(blob)).isInstanceOf(SshFormatException.class);
  }

  private static Bytes blob(
      String magic,
      int version,
      Bytes key,
      String namespace,
      String reserved,
      String hash,
      Bytes signature) {
    return new WireWriter()
        .raw(Bytes.ofUtf8(magic))
        .uint32(version)
        .string(key)
        .text(namespace)
        .text(reserved)
        .text(hash)
        .string(signature)
        .toBytes();
  }
}
