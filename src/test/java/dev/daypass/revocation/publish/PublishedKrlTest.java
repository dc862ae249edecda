package dev.daypass.revocation.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Serial;
import dev.daypass.krl.KeyRevocationList;
import dev.daypass.krl.RevokedCertificates;
import dev.daypass.krl.SerialSet;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.SshSig;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PublishedKrlTest {
  private static final ChannelSigner CHANNEL = new ChannelSigner(TestKeys.of(SshKeyType.ED25519));

  private PublishedKrl published;

  @BeforeEach
  void sign() throws Exception {
    KeyRevocationList list =
        new KeyRevocationList(
            77,
            Instant.parse("2026-11-21T01:00:00Z"),
            "daypass",
            List.of(
                new RevokedCertificates(
                    TestKeys.of(SshKeyType.ECDSA_P256).publicKey(),
                    SerialSet.of(List.of(new Serial(4), new Serial(5))),
                    List.of())),
            List.of());
    published = PublishedKrl.sign(list, CHANNEL);
  }

  @Test
  void isSignedInItsOwnNamespace() throws Exception {
    SshSig signature = SshSig.parseArmored(published.signature());
    assertThat(signature.publicKey()).isEqualTo(CHANNEL.publicKey());
    assertThat(signature.verifies("krl@daypass.dev", published.list())).isTrue();
  }

  @Test
  void readsBackItsFile() {
    assertThat(PublishedKrl.read(published.file(), CHANNEL.publicKey())).contains(published);
  }

  @Test
  void takesNoFileWithAnotherByteInIt() {
    byte[] file = published.file().toArray();
    for (int i = 0; i < file.length; i++) {
      byte[] changed = file.clone();
      changed[i] ^= 1;
      assertThat(PublishedKrl.read(Bytes.of(changed), CHANNEL.publicKey()))
          .as("byte " + i)
          .isEmpty();
    }
  }

  @Test
  void takesNoPieceOfAFile() {
    Bytes file = published.file();
    for (int size = 0; size < file.size(); size++) {
      assertThat(PublishedKrl.read(file.slice(0, size), CHANNEL.publicKey())).isEmpty();
    }
    assertThat(PublishedKrl.read(file.concat(Bytes.ofUtf8("\n")), CHANNEL.publicKey())).isEmpty();
  }

  @Test
  void takesNothingOfAnotherKey() {
    assertThat(PublishedKrl.read(published.file(), TestKeys.of(SshKeyType.ECDSA_P256).publicKey()))
        .isEmpty();
  }
}
