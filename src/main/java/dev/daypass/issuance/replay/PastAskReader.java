package dev.daypass.issuance.replay;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.policy.AccessRequest;
import dev.daypass.policy.DurationText;
import dev.daypass.policy.Policy;
import dev.daypass.policy.Restriction;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads a request back out of the details of its grant or of its refusal. */
final class PastAskReader {
  /** A refusal keeps its key's fingerprint only; policy looks at type and size. */
  private static final SshPublicKey SOME_KEY =
      OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();

  private final Policy inForce;
  private final Function<HostName, Optional<Host>> hosts;
  private final Predicate<String> primary;

  /**
   * @param inForce whose default ttl is taken for one that nobody named
   * @param hosts servers as they are labelled now
   * @param primary whether an identity provider of that name is
   */
  PastAskReader(
      Policy inForce, Function<HostName, Optional<Host>> hosts, Predicate<String> primary) {
    this.inForce = inForce;
    this.hosts = hosts;
    this.primary = primary;
  }

  /** Empty if the details do not hold enough, or name a server that nobody knows any more. */
  Optional<PastAsk> read(Instant at, EntryKind kind, JsonObject details) {
    boolean granted = kind == EntryKind.CERTIFICATE_GRANTED;
    try {
      Optional<Identity> identity = identity(details);
      Optional<RoleName> role = details.text("role").flatMap(RoleName::parse);
      List<String> names = details.texts("hosts");
      List<Host> known =
          names.stream().flatMap(n -> HostName.parse(n).flatMap(hosts).stream()).toList();
      if (identity.isEmpty() || role.isEmpty() || known.size() < names.size()) {
        return Optional.empty();
      }
      Window window = granted ? window(at, role.get(), details) : Window.asked(details);
      AccessRequest request =
          new AccessRequest(
              role.get(),
              granted ? SshPublicKey.parse(details.text("key").orElse("")) : SOME_KEY,
              window.ttl(),
              window.validAfter(),
              details.text("reason"),
              known,
              Restriction.NONE,
              details.text("address").flatMap(IpAddress::parse));
      return Optional.of(new PastAsk(at, identity.get(), request, granted));
    } catch (SshFormatException | DateTimeException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Optional<Identity> identity(JsonObject details) {
    return details
        .object("identity")
        .flatMap(who -> IdentityDetails.read(who, primary.test(who.text("provider").orElse(""))));
  }

  private record Window(Optional<Duration> ttl, Optional<Instant> validAfter) {
    static Window asked(JsonObject details) {
      return new Window(details.text("ttl").flatMap(DurationText::parse), Optional.empty());
    }
  }

  /** A certificate that starts at once is backdated; another was asked to start then. */
  private Window window(Instant at, RoleName role, JsonObject details) {
    Instant after = Instant.parse(details.text("valid_after").orElse(""));
    Instant before = Instant.parse(details.text("valid_before").orElse(""));
    Instant asked = at.truncatedTo(ChronoUnit.SECONDS);
    boolean later = after.isAfter(asked);
    Duration ttl = Duration.between(later ? after : asked, before);
    Optional<Role> known = Optional.ofNullable(inForce.roles().get(role));
    boolean usual = known.isPresent() && isAbout(ttl, known.get().ttl().standard());
    return new Window(
        usual ? Optional.empty() : Optional.of(ttl), later ? Optional.of(after) : Optional.empty());
  }

  /** The entry is written moments after the decision. */
  private static boolean isAbout(Duration ttl, Duration standard) {
    return standard.minus(ttl).abs().compareTo(Duration.ofSeconds(5)) <= 0;
  }
}
