package dev.daypass.fleet.host;

import dev.daypass.fleet.ServerMode;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SshPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server joins (DESIGN section 9): with a token that an operator made, once; or it asks, and
 * an operator approves its key. A name that has joined is not taken over; {@code hosts.known} gives
 * way to a server that joins under its name.
 */
public final class Joining {
  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
  private static final Duration MAX_TOKEN_LIFETIME = Duration.ofDays(7);
  private static final Duration ASKING_LASTS = Duration.ofDays(1);
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_ASKING = 200;
  private static final int MAX_ASKING_OF_ADDRESS = 8;

  private final HostStore store;
  private final HostRegistry registry;
  private final Terms terms;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * What this authority is known by, and takes.
   *
   * @param isRefused whether a key is certified for nobody: the authority's own, a leaked one
   * @param modes what the newest trust bundle allows
   */
  public record Terms(
      Fingerprint root,
      String url,
      Predicate<SshPublicKey> isRefused,
      Supplier<Set<ServerMode>> modes) {}

  public Joining(
      HostStore store,
      HostRegistry registry,
      Terms terms,
      InstantSource clock,
      RandomGenerator random) {
    this.store = store;
    this.registry = registry;
    this.terms = terms;
    this.clock = clock;
    this.random = random;
  }

  /** Makes a token for one server. */
  public TokenOutcome token(
      HostName name, Map<String, String> labels, Duration lifetime, String operator) {
    if (!lifetime.isPositive() || lifetime.compareTo(MAX_TOKEN_LIFETIME) > 0) {
      return new HostRefused(
          HostFault.LIFETIME_INVALID,
          "A token lives for 7 days at most.",
          "Make it just before the server joins; an hour is usual.");
    }
    if (registry.find(name).isPresent()) {
      return new HostRefused(
          HostFault.NAME_TAKEN,
          "A server has joined as " + name + " already.",
          "Take another name, or remove that one: daypassd hosts remove.");
    }
    Instant now = clock.instant();
    Instant until = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    JoinToken token = JoinToken.make(name, labels, terms.root(), terms.url(), until, random);
    StoredToken stored = new StoredToken(token.sha256(), name, labels, until, operator, false);
    try {
      store.forgetTokens(now.minus(MAX_TOKEN_LIFETIME));
      store.add(stored);
      return new TokenOutcome.Made(token, stored);
    } catch (StoreFailed e) {
      return unavailable(e);
    }
  }

  /** A server joins with its token, under the token's name and labels. */
  public JoinOutcome join(SshPublicKey key, String word, ServerMode mode) {
    Optional<HostRefused> refusal = refusal(key, mode);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      Optional<JoinToken> token = JoinToken.parse(word);
      Optional<StoredToken> stored =
          token.isEmpty() ? Optional.empty() : store.token(token.get().sha256());
      return stored.isEmpty() ? tokenInvalid() : join(key, stored.get(), mode);
    } catch (StoreFailed e) {
      return unavailable(e);
    }
  }

  /**
   * A server without a token: it has joined before with this key, or it waits for an operator.
   *
   * @param name what it says it is called
   */
  public JoinOutcome ask(SshPublicKey key, HostName name, ServerMode mode, IpAddress address) {
    Optional<HostRefused> refusal = refusal(key, mode);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<JoinedHost> joined = registry.ofKey(key);
    if (joined.isPresent()) {
      return again(joined.get(), name, mode);
    }
    if (registry.find(name).isPresent()) {
      return new HostRefused(
          HostFault.NAME_TAKEN,
          "Another server has joined as " + name + ".",
          "If it is this one with a new host key, an operator removes the old one first.");
    }
    try {
      return ask(new PendingJoin(key, name, mode, address, clock.instant()));
    } catch (StoreFailed e) {
      return unavailable(e);
    }
  }

  /** The servers that ask, the oldest first. */
  public List<PendingJoin> asking() throws StoreFailed {
    Instant since = clock.instant().minus(ASKING_LASTS);
    List<PendingJoin> all = store.asking();
    List<PendingJoin> waiting =
        all.stream().filter(pending -> !pending.askedAt().isBefore(since)).toList();
    if (waiting.size() < all.size()) {
      store.forgetAskedBefore(since);
    }
    return waiting;
  }

  /** An operator lets in the server that asks with this key, under the name of his choice. */
  public ChangeOutcome approve(
      Fingerprint key, HostName name, Map<String, String> labels, String operator) {
    try {
      Optional<PendingJoin> pending =
          asking().stream().filter(one -> one.key().fingerprint().equals(key)).findFirst();
      if (pending.isEmpty()) {
        return new HostRefused(
            HostFault.NOT_ASKING,
            "No server asks to join with the key " + key + ".",
            "See which do: daypassd hosts list. They wait for a day.");
      }
      ChangeOutcome outcome =
          registry.make(change(pending.get(), name, labels, operator), Optional.empty());
      if (outcome instanceof ChangeOutcome.Changed) {
        store.forgetAsking(key);
      }
      return outcome;
    } catch (StoreFailed e) {
      return unavailable(e);
    }
  }

  static HostRefused tokenUsed() {
    return new HostRefused(
        HostFault.TOKEN_USED,
        "This token was used before, and is good for one server once.",
        "If this very server joined with it, ask by name instead; else ask for another token.");
  }

  private Optional<HostRefused> refusal(SshPublicKey key, ServerMode mode) {
    if (key.type().isSecurityKey() || isShort(key) || terms.isRefused().test(key)) {
      return Optional.of(
          new HostRefused(
              HostFault.KEY_REFUSED,
              "This key cannot stand for a server.",
              "Sign with the server's own SSH host key; ssh-keygen -A makes one."));
    }
    if (!terms.modes().get().contains(mode)) {
      return Optional.of(
          new HostRefused(
              HostFault.MODE_NOT_ALLOWED,
              "The trust bundle does not allow mode " + mode.wireName() + ".",
              "See the modes that it allows: daypassd bundle show."));
    }
    return Optional.empty();
  }

  /** No certificate could be signed for it. */
  private static boolean isShort(SshPublicKey key) {
    return key instanceof RsaPublicKey rsa && rsa.bits() < MIN_RSA_BITS;
  }

  private JoinOutcome join(SshPublicKey key, StoredToken token, ServerMode mode) {
    if (token.used()) {
      return tokenUsed();
    }
    Instant now = clock.instant();
    if (!now.isBefore(token.validUntil())) {
      return new HostRefused(
          HostFault.TOKEN_EXPIRED,
          "This token was good until " + token.validUntil() + ".",
          "Ask for another token.");
    }
    HostChange change =
        new HostChange(
            registry.newId(),
            HostChange.Kind.JOINED,
            Optional.empty(),
            token.name(),
            token.labels(),
            key,
            mode,
            token.madeBy(),
            "by token",
            now);
    return outcome(registry.make(change, Optional.of(token.sha256())));
  }

  private JoinOutcome again(JoinedHost host, HostName name, ServerMode mode) {
    if (!host.name().equals(name)) {
      return new HostRefused(
          HostFault.KEY_IN_USE,
          "This host key has joined under another name.",
          "A name is fixed at join; an operator removes the server first.");
    }
    return host.mode() == mode
        ? new JoinOutcome.Joined(host)
        : outcome(registry.changeMode(host, mode));
  }

  private JoinOutcome ask(PendingJoin pending) throws StoreFailed {
    List<PendingJoin> waiting = asking();
    Optional<PendingJoin> earlier = waiting.stream().filter(pending::repeats).findFirst();
    if (earlier.isPresent()) {
      return new JoinOutcome.Asked(earlier.get()); // a stranger who asks again costs no write
    }
    List<PendingJoin> others =
        waiting.stream().filter(other -> !other.key().equals(pending.key())).toList();
    long ofAddress =
        others.stream().filter(other -> other.address().equals(pending.address())).count();
    if (others.size() >= MAX_ASKING || ofAddress >= MAX_ASKING_OF_ADDRESS) {
      return new HostRefused(
          HostFault.TOO_MANY_ASKING,
          "Too many servers wait for an operator already.",
          "Join with a token: daypassd hosts token.");
    }
    store.ask(pending);
    return new JoinOutcome.Asked(pending);
  }

  private HostChange change(
      PendingJoin pending, HostName name, Map<String, String> labels, String operator) {
    return new HostChange(
        registry.newId(),
        HostChange.Kind.JOINED,
        Optional.empty(),
        name,
        labels,
        pending.key(),
        pending.mode(),
        operator,
        "approved; it asked as " + pending.claimed() + " from " + pending.address(),
        clock.instant());
  }

  private static JoinOutcome outcome(ChangeOutcome outcome) {
    return switch (outcome) {
      case ChangeOutcome.Changed(JoinedHost host) -> new JoinOutcome.Joined(host);
      case HostRefused refused -> refused;
    };
  }

  private static HostRefused tokenInvalid() {
    return new HostRefused(
        HostFault.TOKEN_INVALID,
        "This is no token of this authority, or one that ended long ago.",
        "Copy the whole word that daypassd hosts token printed.");
  }

  private static HostRefused unavailable(StoreFailed e) {
    LOG.warn("servers cannot be read or written", e);
    return HostRefused.unavailable();
  }
}
