package dev.daypass.ssh.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshKeygen;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SshKeygenSignatureIT {
  private static final String NAMESPACE = "request@daypass.dev";
  private static final Bytes MESSAGE = Bytes.ofUtf8("GET\nhttps://ca.example.com\n/v1/roles\n");

  @TempDir Path folder;
  private SshKeygen keygen;

  @BeforeEach
  void start() {
    keygen = new SshKeygen(folder);
  }

  @ParameterizedTest
  @EnumSource
  void sshKeygenVerifiesWhatWeSign(SshKeyType type) throws Exception {
    SshSigner key = TestKeys.of(type);
    SshSig signature = SshSig.sign(key, NAMESPACE, MESSAGE);
    assertThat(verify(key.publicKey(), NAMESPACE, signature).exit()).isZero();
    assertThat(verify(key.publicKey(), "other@daypass.dev", signature).exit()).isNotZero();
  }

  @ParameterizedTest
  @EnumSource
  void sshKeygenVerifiesWhatWeSignWithSha256(SshKeyType type) throws Exception {
    SshSigner key = TestKeys.of(type);
    SshSig signature = SshSig.sign(key, NAMESPACE, SshSigHash.SHA256, MESSAGE);
    assertThat(verify(key.publicKey(), NAMESPACE, signature).exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"rsa,2048", "rsa,4096", "ecdsa,256", "ecdsa,384", "ecdsa,521", "ed25519,256"})
  void verifiesWhatSshKeygenSigns(String type, String bits) throws Exception {
    keygen.run("-q", "-t", type, "-b", bits, "-N", "", "-C", "who", "-f", "k");
    for (SshSigHash hash : SshSigHash.values()) {
      SshSig signature = sign(hash);
      SshPublicKey key = SshPublicKey.parse(keygen.read("k.pub"));
      assertThat(signature.publicKey()).isEqualTo(key);
      assertThat(signature.hash()).isEqualTo(hash);
      assertThat(signature.verifies(NAMESPACE, MESSAGE)).isTrue();
      assertThat(signature.verifies("other@daypass.dev", MESSAGE)).isFalse();
      assertThat(signature.verifies(NAMESPACE, Bytes.EMPTY)).isFalse();
    }
  }

  @Test
  void writesTheArmorThatSshKeygenWrites() throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    keygen.write("k", key.encode("who"));
    keygen.write("k.pub", key.publicKey().line() + "\n");
    sign(SshSigHash.SHA512);
    // Ed25519 is deterministic, so that the whole text is the same.
    assertThat(SshSig.sign(key, NAMESPACE, MESSAGE).armored())
        .isEqualTo(keygen.read("message.sig"));
  }

  @ParameterizedTest
  @CsvSource({"rsa,3072", "ecdsa,256", "ecdsa,384", "ecdsa,521", "ed25519,256"})
  void readsTheKeyFilesOfSshKeygen(String type, String bits) throws Exception {
    keygen.run("-q", "-t", type, "-b", bits, "-N", "", "-C", "who", "-f", "k");
    OpenSshPrivateKey key = OpenSshPrivateKey.parse(keygen.read("k"), Optional.empty());
    assertThat(key.publicKey()).isEqualTo(SshPublicKey.parse(keygen.read("k.pub")));
    assertThat(keygen.run("-l", "-f", "k.pub"))
        .contains(key.publicKey().fingerprint().toString())
        .startsWith(key.publicKey().bits() + " ");
  }

  @ParameterizedTest
  @CsvSource({"rsa,2048", "ecdsa,256", "ed25519,256"})
  void readsEncryptedKeyFiles(String type, String bits) throws Exception {
    keygen.run("-q", "-t", type, "-b", bits, "-N", "geheim é", "-C", "who", "-f", "k");
    String file = keygen.read("k");
    OpenSshPrivateKey key = OpenSshPrivateKey.parse(file, Optional.of("geheim é".toCharArray()));
    assertThat(key.publicKey()).isEqualTo(SshPublicKey.parse(keygen.read("k.pub")));
    for (Optional<char[]> wrong :
        List.of(Optional.<char[]>empty(), Optional.of("wrong".toCharArray()))) {
      assertThatThrownBy(() -> OpenSshPrivateKey.parse(file, wrong))
          .isInstanceOf(SshFormatException.class)
          .hasMessageContaining("passphrase");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA", "ECDSA_P256", "ECDSA_P384", "ECDSA_P521", "ED25519"})
  void sshKeygenReadsOurKeyFiles(SshKeyType type) throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(type);
    keygen.write("k", key.encode("who"));
    assertThat(keygen.run("-y", "-f", "k").strip()).isEqualTo(key.publicKey().line() + " who");
  }

  @Test
  void saysHowToReadAnUnsupportedCipher() throws Exception {
    keygen.run("-q", "-t", "ed25519", "-Z", "aes128-cbc", "-N", "geheim", "-f", "k");
    String file = keygen.read("k");
    assertThatThrownBy(() -> OpenSshPrivateKey.parse(file, Optional.of("geheim".toCharArray())))
        .hasMessageContaining("ssh-keygen -p");
  }

  private SshSig sign(SshSigHash hash) throws Exception {
    Files.deleteIfExists(folder.resolve("message.sig"));
    keygen.write("message", MESSAGE.utf8());
    String option = "hashalg=" + hash.wireName();
    keygen.run("-q", "-Y", "sign", "-O", option, "-f", "k", "-n", NAMESPACE, "message");
    return SshSig.parseArmored(keygen.read("message.sig"));
  }

  private SshKeygen.Run verify(SshPublicKey key, String namespace, SshSig signature)
      throws Exception {
    keygen.write("allowed", "alice " + key.line() + "\n");
    keygen.write("message.sig", signature.armored());
    return keygen.tryRunWithInput(
        MESSAGE,
        "-Y",
        "verify",
        "-f",
        "allowed",
        "-I",
        "alice",
        "-n",
        namespace,
        "-s",
        "message.sig");
  }
}
