package dev.daypass.custody.remote;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.custody.socket.UnixPeer;
import dev.daypass.signer.PublicKeys;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerHead;
import dev.daypass.signer.SignerRefused;
import dev.daypass.signer.SignerRefused.Reason;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.InclusionProof;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The signer in another process. It may be stopped and started: what is asked meanwhile is refused
 * as {@link Reason#UNAVAILABLE}. Each signature is verified under a key that it showed.
 */
public final class RemoteSigner implements Signer, AutoCloseable {
  private static final UnixPeer.Bounds BOUNDS =
      new UnixPeer.Bounds(16, Duration.ofSeconds(10), SignerAnswer.MAX_BYTES);

  private final UnixPeer peer;
  private final String origin;
  private volatile PublicKeys keys;

  private RemoteSigner(UnixPeer peer, String origin, PublicKeys keys) {
    this.peer = peer;
    this.origin = origin;
    this.keys = keys;
  }

  /**
   * The signer behind that socket.
   *
   * @throws IOException if it cannot be reached, or its ledger key is not Ed25519
   */
  public static RemoteSigner open(Path socket) throws IOException {
    UnixPeer peer = new UnixPeer(socket, BOUNDS);
    try {
      SignerAnswer.Hello hello = hello(peer);
      if (!hello.keys().ledgers().stream().allMatch(Ed25519PublicKey.class::isInstance)) {
        throw new IOException("a ledger key of the signer at " + socket + " is not Ed25519");
      }
      return new RemoteSigner(peer, hello.head().origin(), hello.keys());
    } catch (SignerRefused e) {
      peer.close();
      throw new IOException(
          "the signer at "
              + socket
              + " does not answer: start daypassd signer, as a user that it"
              + " serves",
          e);
    }
  }

  @Override
  public PublicKeys keys() {
    return keys;
  }

  /** Asks again which keys it holds: it may have been started anew with others. */
  public void refresh() throws SignerRefused {
    keys = hello(peer).keys();
  }

  @Override
  public SignerHead head() throws SignerRefused {
    return hello(peer).head();
  }

  @Override
  public SignedCheckpoint signCheckpoint(
      Checkpoint checkpoint, ConsistencyProof fromHead, SshPublicKey ledgerKey)
      throws SignerRefused {
    NoteKey noteKey = noteKey(ledgerKey);
    SignerAnswer answer =
        ask(peer, new SignerQuestion.SignCheckpoint(checkpoint, fromHead, ledgerKey));
    if (!(answer instanceof SignerAnswer.Checkpoint(var raw, var sshSig))) {
      throw otherAnswer();
    }
    SignedNote note =
        new SignedNote(checkpoint.text(), List.of(NoteSignature.of(noteKey, raw.toArray())));
    Bytes text = Bytes.ofUtf8(checkpoint.text());
    if (!noteKey.verifies(note)
        || !sshSig.publicKey().equals(ledgerKey)
        || !sshSig.verifies(SignedCheckpoint.NAMESPACE, text)) {
      throw new SignerRefused(Reason.KEY_FAILED, "the ledger key's signature does not verify");
    }
    return new SignedCheckpoint(checkpoint, note, sshSig);
  }

  @Override
  public Certificate signCertificate(
      CertificateContent content, Bytes entry, InclusionProof inclusion) throws SignerRefused {
    SignerAnswer answer = ask(peer, new SignerQuestion.SignCertificate(content, entry, inclusion));
    if (!(answer instanceof SignerAnswer.Certificate(var signature))) {
      throw otherAnswer();
    }
    Certificate certificate = new Certificate(content, signature);
    if (!certificate.signatureVerifies()) {
      throw new SignerRefused(Reason.KEY_FAILED, "the CA key's signature does not verify");
    }
    return certificate;
  }

  @Override
  public void close() {
    peer.close();
  }

  private NoteKey noteKey(SshPublicKey ledgerKey) throws SignerRefused {
    if (ledgerKey instanceof Ed25519PublicKey key && keys.ledgers().contains(key)) {
      return NoteKey.ofEd25519(origin, key.point().toArray());
    }
    throw new SignerRefused(
        Reason.OTHER_LEDGER_KEY, "the signer showed no ledger key " + ledgerKey.fingerprint());
  }

  private static SignerAnswer.Hello hello(UnixPeer peer) throws SignerRefused {
    if (ask(peer, new SignerQuestion.Hello()) instanceof SignerAnswer.Hello hello) {
      return hello;
    }
    throw otherAnswer();
  }

  private static SignerAnswer ask(UnixPeer peer, SignerQuestion question) throws SignerRefused {
    try {
      SignerAnswer answer = SignerAnswer.decode(peer.ask(question.encode()));
      if (answer instanceof SignerAnswer.Refused(var reason, var detail)) {
        // A signer whose head is not durable ends, and is started again: nothing to end here for.
        throw new SignerRefused(
            reason == Reason.HEAD_NOT_DURABLE ? Reason.UNAVAILABLE : reason, detail);
      }
      return answer;
    } catch (IOException e) {
      throw new SignerRefused(Reason.UNAVAILABLE, "the signer cannot be reached", e);
    } catch (SshFormatException e) {
      throw new SignerRefused(Reason.UNAVAILABLE, "the signer's answer is malformed", e);
    }
  }

  private static SignerRefused otherAnswer() {
    return new SignerRefused(Reason.UNAVAILABLE, "the signer answered another question");
  }
}
