package dev.daypass.oidc.keys;

import dev.daypass.oidc.jose.JoseFormatException;
import dev.daypass.oidc.jose.JsonWebKeys;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Where one provider's keys come from: its discovery document, asked again after ten minutes, and
 * the JWK set that this names. One thread at a time uses it.
 */
public final class KeySource {
  private static final Duration REDISCOVER_AFTER = Duration.ofMinutes(10);

  private final String issuer;
  private final Duration timeout;
  private final JsonFetch fetch;
  private final InstantSource clock;
  private @Nullable Discovery discovery;
  private Instant discoveredAt = Instant.EPOCH;

  /**
   * @param timeout how long one answer may take
   */
  public KeySource(String issuer, Duration timeout, JsonFetch fetch, InstantSource clock) {
    this.issuer = issuer;
    this.timeout = timeout;
    this.fetch = fetch;
    this.clock = clock;
  }

  /** Fetches the keys, whatever is known already. */
  public JsonWebKeys read() throws FetchException {
    URI keys = discovered().keys();
    try {
      return JsonWebKeys.parse(fetch.fetch(keys, timeout));
    } catch (JoseFormatException e) {
      discovery = null;
      throw new FetchException("its keys are unreadable: " + e.getMessage());
    } catch (FetchException e) {
      // The keys may have moved: ask for their address before the next attempt.
      discovery = null;
      throw e.of("its keys");
    }
  }

  private Discovery discovered() throws FetchException {
    Instant now = clock.instant();
    Discovery known = discovery;
    if (known == null
        || Duration.between(discoveredAt, now).abs().compareTo(REDISCOVER_AFTER) > 0) {
      known = Discovery.fetch(issuer, fetch, timeout);
      discovery = known;
      discoveredAt = now;
    }
    return known;
  }
}
