package dev.daypass.custody.agent;

import dev.daypass.custody.socket.UnixPeer;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.RsaHash;
import dev.daypass.ssh.signature.SignatureVerifier;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A key that an ssh-agent holds (RFC 9987 section 4.6). The agent may come and go. */
public final class AgentKey implements SshSigner, AutoCloseable {
  // RFC 9987 section 5.1.
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;

  // RFC 9987 section 5.3.
  private static final int RSA_SHA2_256 = 2;
  private static final int RSA_SHA2_512 = 4;

  /** OpenSSH's agent does one thing after the other; others may have several hands. */
  private static final UnixPeer.Bounds BOUNDS =
      new UnixPeer.Bounds(8, Duration.ofSeconds(5), 16 * 1024);

  private static final Bytes TRIAL = Bytes.ofUtf8("daypass: does the agent hold this key?");

  private final UnixPeer agent;
  private final SshPublicKey publicKey;
  private final RsaHash rsaHash;

  private AgentKey(UnixPeer agent, SshPublicKey publicKey, RsaHash rsaHash) {
    this.agent = agent;
    this.publicKey = publicKey;
    this.rsaHash = rsaHash;
  }

  /**
   * The key of that public half.
   *
   * @throws IOException if the agent cannot be reached, or does not sign with it
   */
  public static AgentKey open(Path socket, SshPublicKey publicKey, RsaHash rsaHash)
      throws IOException {
    AgentKey key = new AgentKey(new UnixPeer(socket, BOUNDS), publicKey, rsaHash);
    try {
      if (SignatureVerifier.verify(publicKey, TRIAL, key.sign(TRIAL))) {
        return key;
      }
      throw new IOException("what the agent at " + socket + " signs does not verify");
    } catch (SigningException e) {
      throw new IOException(
          "the agent at %s does not sign with %s: start it, or ssh-add the key"
              .formatted(socket, publicKey.fingerprint()),
          e);
    }
  }

  @Override
  public SshPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public SshSignature sign(Bytes message) throws SigningException {
    Bytes question =
        new WireWriter(message.size() + 1024)
            .uint8(SIGN_REQUEST)
            .string(publicKey.blob())
            .string(message)
            .uint32(flags())
            .toBytes();
    try {
      return requireAlgorithm(signature(agent.ask(question)));
    } catch (IOException e) {
      throw new SigningException("the agent cannot be reached", e);
    } catch (SshFormatException e) {
      throw new SigningException("the agent's answer is malformed", e);
    }
  }

  @Override
  public void close() {
    agent.close();
  }

  /** Names the key by its fingerprint. */
  @Override
  public String toString() {
    return publicKey.type().wireName() + " " + publicKey.fingerprint() + " in an agent";
  }

  private int flags() {
    return switch (publicKey.type()) {
      case RSA ->
          switch (rsaHash) {
            case SHA512 -> RSA_SHA2_512;
            case SHA256 -> RSA_SHA2_256;
          };
      case ECDSA_P256, ECDSA_P384, ECDSA_P521, ED25519, SK_ECDSA_P256, SK_ED25519 -> 0;
    };
  }

  /** Section 4.6.2; any other answer is a failure (section 4.1). */
  private static SshSignature signature(Bytes answer) throws SshFormatException, SigningException {
    WireReader reader = WireReader.of(answer);
    if (reader.uint8() != SIGN_RESPONSE) {
      throw new SigningException("the agent refuses to sign with this key");
    }
    SshSignature signature = SshSignature.decode(reader.nested());
    reader.requireEnd();
    return signature;
  }

  /** Section 4.6.1: an agent that does not know the flags signs by SHA-1, under another label. */
  private SshSignature requireAlgorithm(SshSignature signature) throws SigningException {
    String expected =
        switch (publicKey.type()) {
          case RSA -> rsaHash.algorithm();
          case ECDSA_P256, ECDSA_P384, ECDSA_P521, ED25519, SK_ECDSA_P256, SK_ED25519 ->
              publicKey.type().wireName();
        };
    if (!signature.algorithm().equals(expected)) {
      throw new SigningException("the agent's signature is not labelled " + expected);
    }
    return signature;
  }
}
