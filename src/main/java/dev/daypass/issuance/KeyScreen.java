package dev.daypass.issuance;

import dev.daypass.ledger.refusal.Reason;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.KeyLine;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Decides which keys may be certified at all, whoever holds them: never the CA's own (CASES 35),
 * nor one known to be weak or leaked (CASES 38) or that was revoked, nor one that did not sign the
 * request (CASES 41).
 */
public final class KeyScreen {
  private final Supplier<Set<Fingerprint>> ownKeys;
  private final Supplier<Set<Fingerprint>> blocked;
  private final Predicate<Fingerprint> revoked;

  /**
   * A screen over three lists.
   *
   * @param ownKeys CA, ledger, channel and root keys, present and past
   * @param blocked what the operator's list names: Debian's weak keys, leaked keys
   * @param revoked whether a key was revoked, which is for good
   */
  public KeyScreen(
      Supplier<Set<Fingerprint>> ownKeys,
      Supplier<Set<Fingerprint>> blocked,
      Predicate<Fingerprint> revoked) {
    this.ownKeys = ownKeys;
    this.blocked = blocked;
    this.revoked = revoked;
  }

  void check(Optional<String> line, SshPublicKey proven) throws RequestRefused {
    if (line.isPresent() && !names(line.get(), proven)) {
      throw RequestRefused.malformed(Refusals.OTHER_KEY);
    }
    if (isOwn(proven)) {
      throw RequestRefused.malformed(Refusals.KEY_RESERVED);
    }
    if (isWeak(proven)) {
      throw RequestRefused.forbidden(Refusals.KEY_BLOCKED);
    }
    if (revoked.test(proven.fingerprint())) {
      throw RequestRefused.forbidden(Refusals.KEY_REVOKED);
    }
  }

  /** Why a key cannot stand for anybody, if it cannot: what is never certified is never bound. */
  public Optional<Reason> refusal(SshPublicKey key) {
    if (isOwn(key)) {
      return Optional.of(Refusals.KEY_RESERVED);
    }
    if (isWeak(key)) {
      return Optional.of(Refusals.KEY_BLOCKED);
    }
    return revoked.test(key.fingerprint()) ? Optional.of(Refusals.KEY_REVOKED) : Optional.empty();
  }

  private boolean isOwn(SshPublicKey key) {
    return ownKeys.get().contains(key.fingerprint());
  }

  private boolean isWeak(SshPublicKey key) {
    return blocked.get().contains(key.fingerprint()) || isRoca(key);
  }

  /** The proven key was examined when it came in: what has its bytes is not examined again. */
  private static boolean names(String line, SshPublicKey proven) throws RequestRefused {
    try {
      return KeyLine.parse(line, SshPublicKey.MAX_LINE_LENGTH).blob().equals(proven.blob())
          || SshPublicKey.parse(line).equals(proven);
    } catch (SshFormatException e) {
      throw RequestRefused.malformed(Refusals.publicKeyMalformed(String.valueOf(e.getMessage())));
    }
  }

  private static boolean isRoca(SshPublicKey key) {
    return key instanceof RsaPublicKey rsa && RocaFingerprint.matches(rsa.modulus());
  }
}
