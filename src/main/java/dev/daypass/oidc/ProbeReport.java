package dev.daypass.oidc;

import dev.daypass.identity.Authentication;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a probe of one identity provider found.
 *
 * @param discovery the address of its discovery document
 * @param problem why discovery or keys could not be read; absent: both are good
 * @param keys one line for each published key: key ID, type, and why it is not used, if so
 * @param token what the given token came to
 * @param claims the token's claims as JSON values by name; empty without a token or with one that
 *     cannot be read. They are shown even if the token is refused, and then prove nothing
 * @param warnings what works but deserves a look
 */
public record ProbeReport(
    String provider,
    String issuer,
    String discovery,
    Optional<String> problem,
    List<String> keys,
    Optional<Authentication> token,
    SortedMap<String, String> claims,
    List<String> warnings) {}
