package dev.daypass.e2e.host;

import dev.daypass.TestCa;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.NoteKey;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keys of a certificate authority as its operator meets them. */
final class CaKey {
  private CaKey() {}

  /** Of a private key file with its public half beside it. */
  static Fingerprint fingerprint(Path key) throws IOException, SshFormatException {
    String[] words = Files.readString(Path.of(key + ".pub")).split(" ", 3);
    return SshPublicKey.parse(words[0] + " " + words[1]).fingerprint();
  }

  /** As it stands in an answer of the operator's socket. */
  static String word(Fingerprint key) {
    return URLEncoder.encode(key.toString(), StandardCharsets.UTF_8);
  }

  /** As it signs checkpoints. */
  static NoteKey note(TestCa ca, Ed25519PublicKey key) {
    return NoteKey.ofEd25519(ca.files().config().ledger().origin(), key.point().toArray());
  }
}
