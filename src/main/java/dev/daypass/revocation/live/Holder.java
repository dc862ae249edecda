package dev.daypass.revocation.live;

import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.KeyLine;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.util.Optional;

/**
 * For whom and by what a certificate was granted, as far as its details say so: what many have in
 * common is kept once.
 *
 * @param username of the identity, for a user's certificate
 * @param host the name of the server, for a host's
 * @param key the certified key
 */
public record Holder(
    Optional<String> username,
    Optional<String> host,
    Optional<String> role,
    Optional<String> login,
    Optional<Fingerprint> key,
    Optional<Fingerprint> caKey) {
  /** Of a grant whose details are gone. */
  static final Holder UNKNOWN =
      new Holder(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  static Holder of(JsonObject details) {
    return new Holder(
        details.object("identity").flatMap(identity -> identity.text("username")),
        details.text("host"),
        details.text("role"),
        details.text("login"),
        details.text("key").flatMap(Holder::fingerprint),
        details.text("ca_key").flatMap(Holder::parsed));
  }

  private static Optional<Fingerprint> fingerprint(String line) {
    try {
      // The key was examined when it was granted to: its bytes are enough.
      return Optional.of(
          new Fingerprint(KeyLine.parse(line, SshPublicKey.MAX_LINE_LENGTH).blob().sha256()));
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<Fingerprint> parsed(String text) {
    try {
      return Optional.of(Fingerprint.parse(text));
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }
}
