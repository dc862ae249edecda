package dev.daypass.web.asker;

import dev.daypass.identity.Identity;
import dev.daypass.login.outcome.Standing;
import dev.daypass.ssh.SshPublicKey;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param signature by which key, if it was a signature and no token that said so
 */
public record KnownAsker(Identity identity, Optional<BoundKey> signature) {
  /** A key that a login has bound, and how that login stands. */
  public record BoundKey(SshPublicKey key, Standing.Known standing) {}
}
