package dev.daypass.login.store;

import dev.daypass.identity.Identity;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginView;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * An open login.
 *
 * @param identity as of the last check
 * @param token absent if the identity provider gave none
 * @param address of the terminal that started it
 */
public record StoredLogin(
    LoginId id,
    SshPublicKey key,
    Identity identity,
    String hostname,
    LoginMode mode,
    IpAddress address,
    Instant openedAt,
    Instant until,
    Optional<SealedToken> token,
    CheckMark check) {
  /** As its owner sees it. */
  public LoginView view() {
    return new LoginView(
        id,
        identity.username(),
        identity.provider(),
        key.fingerprint(),
        hostname,
        mode,
        address,
        openedAt,
        until,
        token.isPresent());
  }
}
