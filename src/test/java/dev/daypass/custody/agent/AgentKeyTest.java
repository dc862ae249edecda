package dev.daypass.custody.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.daypass.custody.socket.FakePeer;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.RsaHash;
import dev.daypass.ssh.signature.SignatureVerifier;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that lie; {@code CaAgentIT} has OpenSSH's own. */
final class AgentKeyTest {
  private static final Bytes MESSAGE = Bytes.ofUtf8("message");

  private final AtomicReference<UnaryOperator<Bytes>> lie =
      new AtomicReference<>(UnaryOperator.identity());
  private SshSigner key = TestKeys.of(SshKeyType.ED25519);
  private Path socket;
  private FakePeer agent;

  @BeforeEach
  void start() throws IOException {
    socket = Files.createTempDirectory("dp-agent").resolve("s");
    agent =
        FakePeer.at(
            socket,
            (question, out) -> {
              Bytes answer = lie.get().apply(answer(question));
              out.writeInt(answer.size());
              out.write(answer.toArray());
            });
  }

  @AfterEach
  void stop() throws IOException {
    agent.close();
    Files.delete(socket.resolveSibling(""));
  }

  @ParameterizedTest
  @EnumSource
  void asksRsaForTheHashThatIsConfigured(RsaHash hash) throws Exception {
    key = TestKeys.of(SshKeyType.RSA);
    try (AgentKey opened = AgentKey.open(socket, key.publicKey(), hash)) {
      SshSignature signature = opened.sign(MESSAGE);
      assertThat(signature.algorithm()).isEqualTo(hash.algorithm());
      assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, signature)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh-rsa", "rsa-sha2-256", "ssh-ed25519", ""})
  void takesNoOtherLabelThanItAskedFor(String label) throws Exception {
    key = TestKeys.of(SshKeyType.RSA);
    try (AgentKey opened = AgentKey.open(socket, key.publicKey(), RsaHash.SHA512)) {
      lie.set(_ -> response(SshSignature.of(label, Bytes.of(new byte[384])).encode()));
      assertThatExceptionOfType(SigningException.class)
          .isThrownBy(() -> opened.sign(MESSAGE))
          .withMessageContaining("rsa-sha2-512");
    }
  }

  @Test
  void takesNoAnswerThatIsMalformed() throws Exception {
    try (AgentKey opened = AgentKey.open(socket, key.publicKey(), RsaHash.SHA512)) {
      Bytes good = response(SshSignature.of("ssh-ed25519", Bytes.of(new byte[64])).encode());
      for (int length = 1; length < good.size(); length++) {
        int cut = length;
        lie.set(_ -> good.slice(0, cut));
        assertThatExceptionOfType(SigningException.class).isThrownBy(() -> opened.sign(MESSAGE));
      }
      lie.set(_ -> good.concat(Bytes.of(new byte[1])));
      assertThatExceptionOfType(SigningException.class).isThrownBy(() -> opened.sign(MESSAGE));
      lie.set(UnaryOperator.identity());
      assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, opened.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void opensNoKeyThatTheAgentDoesNotHave() {
    SshSigner other = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    assertThatIOException()
        .isThrownBy(() -> AgentKey.open(socket, other.publicKey(), RsaHash.SHA512))
        .withMessageContaining(other.publicKey().fingerprint().toString())
        .withMessageContaining("ssh-add");
  }

  @Test
  void opensNoKeyWhoseSignaturesAreAnothers() {
    SshSigner other = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    lie.set(_ -> {
      try {
        return response(other.sign(MESSAGE).encode());
      } catch (SigningException e) {
        throw new AssertionError(e);
      }
    });
    assertThatIOException()
        .isThrownBy(() -> AgentKey.open(socket, key.publicKey(), RsaHash.SHA512))
        .withMessageContaining("does not verify");
  }

  /** As an honest agent. */
  private Bytes answer(Bytes question) throws IOException {
    try {
      WireReader reader = WireReader.of(question);
      assertThat(reader.uint8()).isEqualTo(13);
      boolean known = reader.string().equals(key.publicKey().blob());
      Bytes message = reader.string();
      long flags = reader.uint32();
      reader.requireEnd();
      if (!known) {
        return new WireWriter().uint8(5).toBytes();
      }
      if (!(key instanceof OpenSshPrivateKey inMemory)) {
        throw new AssertionError("a key of this process");
      }
      RsaHash hash = flags == 4 ? RsaHash.SHA512 : RsaHash.SHA256;
      assertThat(flags).isEqualTo(key.publicKey().type() == SshKeyType.RSA ? flagOf(hash) : 0);
      return response(inMemory.signingBy(hash).sign(message).encode());
    } catch (SshFormatException | SigningException e) {
      throw new IOException(e);
    }
  }

  private static long flagOf(RsaHash hash) {
    return hash == RsaHash.SHA512 ? 4 : 2;
  }

  private static Bytes response(Bytes signature) {
    return new WireWriter().uint8(14).string(signature).toBytes();
  }
}
