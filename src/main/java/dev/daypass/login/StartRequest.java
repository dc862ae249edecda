package dev.daypass.login;

import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a terminal asks for when it starts a login (DESIGN section 4, Login).
 *
 * @param hostname the machine's own name for itself: a claim, shown as such
 * @param port where the terminal listens on 127.0.0.1; with {@link LoginMode#LOOPBACK} only
 * @param challenge SHA-256 of the helper secret's text (RFC 7636 section 4.2, S256); required
 * @param maxAuthAge how long ago the identity provider may have authenticated the person
 */
public record StartRequest(
    String hostname,
    LoginMode mode,
    OptionalInt port,
    Optional<Bytes> challenge,
    Optional<Duration> maxAuthAge) {}
