package dev.daypass.fleet;

import dev.daypass.policy.host.HostName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ends soon unless somebody acts: the trust bundle, and host certificates that their servers
 * do not renew, as they do when a third of the time is over.
 *
 * <p>One thread looks from time to time; any number ask what it saw last.
 */
public final class EndWatch {
  private static final Logger LOG = LoggerFactory.getLogger(EndWatch.class);

  /** Time to find the root key, and for every server to fetch what it signs. */
  private static final Duration BUNDLE_AHEAD = Duration.ofDays(30);

  private final Supplier<TrustBundle> bundle;
  private final Supplier<Map<HostName, Instant>> hostCertificates;
  private final Duration hostsAhead;
  private final InstantSource clock;

  /** Of the one thread that looks: on which day a warning was given. */
  private LocalDate warned = LocalDate.MIN;

  private volatile SortedMap<HostName, Instant> ending = new TreeMap<>();

  private volatile Optional<Instant> firstEnd = Optional.empty();

  /**
   * @param bundle the one that is served
   * @param hostCertificates when the newest certificate of each joined server ends
   * @param lifetime of host certificates
   */
  public EndWatch(
      Supplier<TrustBundle> bundle,
      Supplier<Map<HostName, Instant>> hostCertificates,
      Duration lifetime,
      InstantSource clock) {
    this.bundle = bundle;
    this.hostCertificates = hostCertificates;
    this.hostsAhead = lifetime.dividedBy(3);
    this.clock = clock;
  }

  /** Looks, and warns in the log, once a day. */
  public void look() {
    Instant now = clock.instant();
    SortedMap<HostName, Instant> found = new TreeMap<>();
    Map<HostName, Instant> all = hostCertificates.get();
    all.forEach((host, end) -> {
      if (end.isBefore(now.plus(hostsAhead))) {
        found.put(host, end);
      }
    });
    ending = found;
    firstEnd = all.values().stream().min(Instant::compareTo);
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    List<String> warnings = warnings();
    if (today.isAfter(warned) && !warnings.isEmpty()) {
      warned = today;
      warnings.forEach(LOG::warn);
    }
  }

  /** How long the trust bundle is still good; not positive once it is not. */
  public Duration bundleLeft() {
    return Duration.between(clock.instant(), bundle.get().validUntil());
  }

  /** Servers whose certificate ends soon, as of the last look. */
  public SortedMap<HostName, Instant> ending() {
    return ending;
  }

  /** When the first certificate of a server ends, as of the last look; empty if none has one. */
  public Optional<Instant> firstEnd() {
    return firstEnd;
  }

  /** How each stands, in the words of {@code /readyz}; none of them stops a certificate. */
  public Map<String, String> checks() {
    int servers = ending.size();
    return Map.of(
        "bundle",
        isBundleEnding() ? "ends " + bundle.get().validUntil() : "ok",
        "host-certificates",
        servers == 0 ? "ok" : servers + " not renewed");
  }

  /** One sentence about each that ends soon, as of the last look. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (isBundleEnding()) {
      TrustBundle served = bundle.get();
      warnings.add(
          "trust bundle %d is valid until %s: sign and publish the next one"
              .formatted(served.number(), served.validUntil()));
    }
    ending.forEach((host, end) ->
        warnings.add(
            "the host certificate of %s ends at %s; it does not renew it".formatted(host, end)));
    return List.copyOf(warnings);
  }

  private boolean isBundleEnding() {
    return bundleLeft().compareTo(BUNDLE_AHEAD) < 0;
  }
}
