package dev.daypass.login.pending;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.StartRequest;
import dev.daypass.login.UserCode;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One login on its way: what was fixed at its start, and its stage. Safe for many threads. */
final class PendingLogin {
  private final Facts facts;
  private final AtomicReference<Stage> stage = new AtomicReference<>(new Stage.Waiting());

  PendingLogin(Facts facts) {
    this.facts = facts;
  }

  /**
   * What was fixed at the start.
   *
   * @param asker the terminal's address
   * @param poll for the terminal alone
   * @param challenge SHA-256 of the helper secret
   */
  record Facts(
      LoginId id,
      SshPublicKey key,
      StartRequest request,
      IpAddress asker,
      LoginSecret poll,
      Bytes challenge,
      Optional<UserCode> code,
      Instant expiresAt) {
    LoginMode mode() {
      return request.mode();
    }
  }

  Facts facts() {
    return facts;
  }

  Stage stage() {
    return stage.get();
  }

  /**
   * Moves on, if the stage is still {@code from}: of two threads that read the same stage, one goes
   * on.
   */
  boolean move(Stage from, Stage to) {
    if (!from.mayBecome(to)) {
      throw new IllegalStateException(
          from.getClass().getSimpleName() + " does not become " + to.getClass().getSimpleName());
    }
    return stage.compareAndSet(from, to);
  }

  boolean isExpired(Instant now) {
    return !facts.expiresAt().isAfter(now);
  }
}
