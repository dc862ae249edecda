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
 * as {@link Reason#UNAVAILABLE}. Each signature is verified under the keys that it showed at first.
 */
public final class RemoteSigner implements Signer, AutoCloseable {
  private static final UnixPeer.Bounds BOUNDS =
      new UnixPeer.Bounds(16, Duration.ofSeconds(10), SignerAnswer.MAX_BYTES);

  private final UnixPeer peer;
  private final PublicKeys keys;
  private final NoteKey noteKey;

  private RemoteSigner(UnixPeer peer, PublicKeys keys, NoteKey noteKey) {
    this.peer = peer;
    this.keys = keys;
    this.noteKey = noteKey;
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
      if (!(hello.keys().ledger() instanceof Ed25519PublicKey ledger)) {
        throw new IOException("the ledger key of the signer at " + socket + " is not Ed25519");
      }
      NoteKey noteKey = NoteKey.ofEd25519(hello.head().origin(), ledger.point().toArray());
      return new RemoteSigner(peer, hello.keys(), noteKey);
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

  @Override
  public SignerHead head() throws SignerRefused {
    return hello(peer).head();
  }

  @Override
  public SignedCheckpoint signCheckpoint(Checkpoint checkpoint, ConsistencyProof fromHead)
      throws SignerRefused {
    SignerAnswer answer = ask(peer, new SignerQuestion.SignCheckpoint(checkpoint, fromHead));
    if (!(answer instanceof SignerAnswer.Checkpoint(var raw, var sshSig))) {
      throw otherAnswer();
    }
    SignedNote note =
        new SignedNote(checkpoint.text(), List.of(NoteSignature.of(noteKey, raw.toArray())));
    Bytes text = Bytes.ofUtf8(checkpoint.text());
    if (!noteKey.verifies(note)
        || !sshSig.publicKey().equals(keys.ledger())
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
