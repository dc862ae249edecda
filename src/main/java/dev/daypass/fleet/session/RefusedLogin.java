package dev.daypass.fleet.session;

import dev.daypass.cert.Serial;
import dev.daypass.policy.host.HostName;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate that a server did not let in, in that server's words.
 *
 * @param serial as the refused certificate says; it may be forged
 * @param reason why, for the person who holds it
 */
public record RefusedLogin(
    HostName host, Serial serial, Instant at, Optional<String> account, String reason) {}
