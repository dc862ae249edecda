package dev.daypass.web.quota;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.RequestFailed;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who may hold how many of the places in work at once: one identity an eighth, everybody of one
 * identity provider three quarters. However many jobs a build system starts, people find a place,
 * and the other way round.
 *
 * <p>Threading: shared by all request threads.
 */
public final class FairShares {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final int ofIdentity;
  private final int ofProvider;
  private final ConcurrentMap<IdentityId, Integer> identities = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> providers = new ConcurrentHashMap<>();

  /**
   * @param places how many requests may be in work at once
   */
  public FairShares(int places) {
    this.ofIdentity = Math.max(1, places / 8);
    this.ofProvider = Math.max(1, places - places / 4);
  }

  /**
   * Takes a place for this identity, until it is closed.
   *
   * @throws RequestFailed 503 if its share, or that of its provider, is used up
   */
  public Share take(Identity identity) throws RequestFailed {
    if (!takes(identities, identity.id(), ofIdentity)) {
      throw usedUp("This identity has " + ofIdentity + " requests in work, which is its share.");
    }
    if (!takes(providers, identity.provider(), ofProvider)) {
      leaves(identities, identity.id());
      throw usedUp(
          "Identities of provider "
              + identity.provider()
              + " have "
              + ofProvider
              + " requests in work, which is their share.");
    }
    return () -> {
      leaves(identities, identity.id());
      leaves(providers, identity.provider());
    };
  }

  /** How many identities hold a place. */
  int identities() {
    return identities.size();
  }

  private static <K> boolean takes(ConcurrentMap<K, Integer> held, K key, int share) {
    if (held.merge(key, 1, Integer::sum) <= share) {
      return true;
    }
    leaves(held, key);
    return false;
  }

  private static <K> void leaves(ConcurrentMap<K, Integer> held, K key) {
    held.computeIfPresent(key, (_, count) -> count > 1 ? count - 1 : null);
  }

  private static RequestFailed usedUp(String detail) {
    return new RequestFailed(
        Problem.of(503, "overloaded", detail, "Try again soon, with fewer requests at a time.")
            .retryAfter(SOON));
  }

  /** A place held. */
  @FunctionalInterface
  public interface Share extends AutoCloseable {
    @Override
    void close();
  }
}
