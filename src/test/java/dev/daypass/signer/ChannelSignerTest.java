package dev.daypass.signer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.signer.ChannelSigner.Document;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigHash;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ChannelSignerTest {
  private static final Bytes TEXT = Bytes.ofUtf8("daypass-principals-v1\n");

  private final ChannelSigner signer = new ChannelSigner(TestKeys.of(SshKeyType.ED25519));

  @ParameterizedTest
  @EnumSource
  void signsEachKindInItsOwnNamespaceOnly(Document kind) throws Exception {
    SshSig signature = signer.sign(kind, TEXT);
    assertThat(signature.publicKey()).isEqualTo(signer.publicKey());
    assertThat(signature.hash()).isEqualTo(SshSigHash.SHA512);
    assertThat(Arrays.stream(Document.values()).filter(other -> verifies(signature, other)))
        .containsExactly(kind);
  }

  @Test
  void signsExactlyTheBytes() throws Exception {
    SshSig signature = signer.sign(Document.KRL, TEXT);
    assertThat(signature.verifies("krl@daypass.dev", TEXT.concat(Bytes.ofUtf8("\n")))).isFalse();
  }

  @Test
  void hasTheNamespacesThatServersAskFor() {
    assertThat(Stream.of(Document.values()).map(Document::namespace).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("krl@daypass.dev", "principals@daypass.dev", "host@daypass.dev");
  }

  private static boolean verifies(SshSig signature, Document kind) {
    return signature.verifies(kind.namespace(), TEXT);
  }
}
