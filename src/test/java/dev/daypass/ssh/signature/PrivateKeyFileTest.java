package dev.daypass.ssh.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SkEd25519PublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrivateKeyFileTest {
  private static final String MAGIC = "openssh-key-v1\0";
  private static final Bytes BLOB = TestKeys.of(SshKeyType.ED25519).publicKey().blob();

  @ParameterizedTest
  @EnumSource(names = {"RSA", "ECDSA_P256", "ED25519"})
  void refusesEveryTruncation(SshKeyType type) throws Exception {
    Bytes file = Armor.OPENSSH_PRIVATE_KEY.parse(OpenSshPrivateKey.generate(type).encode("c"));
    for (int size = 0; size < file.size(); size++) {
      refuses(file.slice(0, size));
    }
    refuses(file.concat(Bytes.ofHex("00")));
  }

  @Test
  void padsLikeOpenSsh() throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    for (int length = 0; length < 16; length++) {
      String file = key.encode("c".repeat(length));
      assertThat(OpenSshPrivateKey.parse(file, Optional.empty()).publicKey())
          .isEqualTo(key.publicKey());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA", "ECDSA_P256", "ED25519"})
  void opensWhatItEncryptedWithThePassphraseAlone(SshKeyType type) throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(type);
    String file = key.encode("c", Optional.of("correct horse".toCharArray()));
    assertThat(
            OpenSshPrivateKey.parse(file, Optional.of("correct horse".toCharArray())).publicKey())
        .isEqualTo(key.publicKey());
    assertThatThrownBy(() -> OpenSshPrivateKey.parse(file, Optional.of("wrong".toCharArray())))
        .hasMessageContaining("passphrase is wrong");
    assertThatThrownBy(() -> OpenSshPrivateKey.parse(file, Optional.empty()))
        .hasMessageContaining("needs its passphrase");
  }

  @Test
  void encryptsUnderAnotherSaltEachTimeAndNeverUnderNothing() {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Optional<char[]> passphrase = Optional.of("correct horse".toCharArray());
    assertThat(key.encode("c", passphrase)).isNotEqualTo(key.encode("c", passphrase));
    assertThatThrownBy(() -> key.encode("c", Optional.of(new char[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnotherKeysPublicHalf() {
    Ed25519PublicKey own = (Ed25519PublicKey) TestKeys.of(SshKeyType.ED25519).publicKey();
    Ed25519PublicKey other = (Ed25519PublicKey) TestKeys.generate(SshKeyType.ED25519).publicKey();
    Bytes seed = Bytes.ofHex("01".repeat(32));
    refuses(file("none", "none", Bytes.EMPTY, 1, own.blob(), secrets(1, 1, other, seed)));
    // The halves are equal, but the seed makes another point.
    String pem =
        Armor.OPENSSH_PRIVATE_KEY.text(
            file("none", "none", Bytes.EMPTY, 1, own.blob(), secrets(1, 1, own, seed)));
    assertThatThrownBy(() -> OpenSshPrivateKey.parse(pem, Optional.empty()))
        .hasMessageContaining("not the public key's");
  }

  @Test
  void refusesMalformedContainers() {
    Bytes empty = Bytes.EMPTY;
    refuses(Bytes.ofUtf8("openssh-key-v2\0"));
    refuses(file("none", "none", empty, 0, BLOB, empty));
    refuses(file("none", "none", empty, 2, BLOB, empty));
    refuses(file("none", "none", Bytes.ofHex("00"), 1, BLOB, empty));
    refuses(file("none", "bcrypt", empty, 1, BLOB, empty));
    refuses(file("aes256-ctr", "none", empty, 1, BLOB, empty));
    refuses(file("aes256-gcm@openssh.com", "bcrypt", empty, 1, BLOB, empty));
    Ed25519PublicKey key = (Ed25519PublicKey) TestKeys.of(SshKeyType.ED25519).publicKey();
    Bytes seed = Bytes.ofHex("01".repeat(32));
    refuses(file("none", "none", empty, 1, BLOB, secrets(1, 2, key, seed)));
    refuses(file("none", "none", empty, 1, BLOB, secrets(1, 1, key, Bytes.ofHex("01"))));
  }

  // A file of another's making must not buy minutes of work.
  @ParameterizedTest
  @ValueSource(longs = {0, 1025, 0xffff_ffffL})
  void refusesAbsurdRounds(long rounds) {
    Bytes options = new WireWriter().string(Bytes.ofHex("00".repeat(16))).uint32(rounds).toBytes();
    Bytes file = file("aes256-ctr", "bcrypt", options, 1, BLOB, Bytes.of(new byte[32]));
    assertThatThrownBy(() -> PrivateKeyFile.decode(file, Optional.of(new char[] {'x'})))
        .hasMessageContaining("cannot be decrypted");
  }

  @Test
  void refusesSecurityKeys() {
    SkEd25519PublicKey key = (SkEd25519PublicKey) TestKeys.of(SshKeyType.SK_ED25519).publicKey();
    Bytes secrets =
        new WireWriter()
            .uint32(1)
            .uint32(1)
            .text(key.type().wireName())
            .raw(key.keyFields())
            .toBytes();
    assertThatThrownBy(() ->
            PrivateKeyFile.decode(
                file("none", "none", Bytes.EMPTY, 1, key.blob(), secrets), Optional.empty()))
        .hasMessageContaining("not in its file");
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA", "ECDSA_P256", "ED25519"})
  void showsNoSecret(SshKeyType type) throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(type);
    assertThat(key.toString()).isEqualTo(type.wireName() + " " + key.publicKey().fingerprint());
    Bytes file = Armor.OPENSSH_PRIVATE_KEY.parse(key.encode("c"));
    PrivateKeyMaterial material = PrivateKeyFile.decode(file, Optional.empty());
    assertThat(material).hasToString("secret of " + key.publicKey().fingerprint());
  }

  private static void refuses(Bytes file) {
    assertThatThrownBy(() -> PrivateKeyFile.decode(file, Optional.empty()))
        .isInstanceOf(SshFormatException.class);
  }

  private static Bytes secrets(int check, int again, Ed25519PublicKey key, Bytes seed) {
    WireWriter writer =
        new WireWriter()
            .uint32(check)
            .uint32(again)
            .text("ssh-ed25519")
            .string(key.point())
            .string(seed.concat(key.point()))
            .text("c");
    for (int pad = 1; writer.size() % 8 != 0; pad++) {
      writer.uint8(pad);
    }
    return writer.toBytes();
  }

  private static Bytes file(
      String cipher, String kdf, Bytes options, int keys, Bytes blob, Bytes secrets) {
    return new WireWriter()
        .raw(Bytes.ofUtf8(MAGIC))
        .text(cipher)
        .text(kdf)
        .string(options)
        .uint32(keys)
        .string(blob)
        .string(secrets)
        .toBytes();
  }
}
