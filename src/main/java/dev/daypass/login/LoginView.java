package dev.daypass.login;

import dev.daypass.identity.Username;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Fingerprint;
import java.time.Instant;

/**
 * An open login as its owner sees it.
 *
 * @param provider the configured name of the identity provider
 * @param hostname what the machine called itself
 * @param address of the terminal that started it
 * @param renewable whether the identity provider is asked again and again while it lasts
 */
public record LoginView(
    LoginId id,
    Username username,
    String provider,
    Fingerprint key,
    String hostname,
    LoginMode mode,
    IpAddress address,
    Instant openedAt,
    Instant until,
    boolean renewable) {}
