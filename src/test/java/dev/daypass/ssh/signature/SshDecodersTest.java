package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Mutations;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.TestKeys;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fuzz targets with damaged good input, so that each run of the tests really fuzzes. */
final class SshDecodersTest {
  private static final int ROUNDS = Boolean.getBoolean("daypass.long") ? 200_000 : 2_000;

  @ParameterizedTest
  @EnumSource
  void survivesDamagedKeys(SshKeyType type) throws Exception {
    SshPublicKey key = TestKeys.of(type).publicKey();
    fuzz(key.blob(), SshDecoders::publicKey);
    fuzz(Bytes.ofUtf8(key.line() + " comment"), SshDecoders::publicKey);
    fuzz(key.blob(), SshDecoders::wire);
  }

  @ParameterizedTest
  @EnumSource
  void survivesDamagedSignatures(SshKeyType type) throws Exception {
    SshSig signature = SshSig.sign(TestKeys.of(type), "n", Bytes.EMPTY);
    fuzz(signature.encode(), SshDecoders::sshSig);
    fuzz(Bytes.ofUtf8(signature.armored()), SshDecoders::sshSig);
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA", "ECDSA_P256", "ED25519"})
  void survivesDamagedPrivateKeys(SshKeyType type) throws Exception {
    String file = OpenSshPrivateKey.generate(type).encode("c");
    OpenSshPrivateKey.parse(file, Optional.empty());
    fuzz(Armor.OPENSSH_PRIVATE_KEY.parse(file), SshDecoders::privateKey);
  }

  @Test
  void survivesNoise() {
    fuzz(Bytes.of(new byte[64]), SshDecoders::wire);
    fuzz(Bytes.of(new byte[64]), SshDecoders::publicKey);
    fuzz(Bytes.of(new byte[64]), SshDecoders::sshSig);
    fuzz(Bytes.of(new byte[64]), SshDecoders::privateKey);
  }

  private static void fuzz(Bytes good, Consumer<byte[]> target) {
    Mutations mutations = new Mutations(good.size());
    target.accept(good.toArray());
    for (int i = 0; i < ROUNDS; i++) {
      target.accept(mutations.damaged(good).toArray());
    }
  }
}
