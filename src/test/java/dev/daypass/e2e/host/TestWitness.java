package dev.daypass.e2e.host;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;

/** A witness that cosigns whatever it is shown (C2SP tlog-cosignature, {@code cosignature/v1}). */
final class TestWitness {
  private static final long TIME = 1_795_223_600;

  private final SshSigner signer = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private final NoteKey key;

  TestWitness(String name) {
    Ed25519PublicKey point = (Ed25519PublicKey) signer.publicKey();
    key = NoteKey.ofEd25519Cosigner(name, point.point().toArray());
  }

  String vkey() {
    return key.vkey();
  }

  NoteSignature cosign(String note) throws SigningException {
    return signature("cosignature/v1\ntime " + TIME + "\n" + note);
  }

  /** A cosignature in its name over another text. */
  NoteSignature cosignWrongly(String note) throws SigningException {
    return signature(note);
  }

  private NoteSignature signature(String message) throws SigningException {
    Bytes signed = signer.sign(Bytes.ofUtf8(message)).blob();
    return NoteSignature.of(key, new WireWriter().uint64(TIME).raw(signed).toBytes().toArray());
  }
}
