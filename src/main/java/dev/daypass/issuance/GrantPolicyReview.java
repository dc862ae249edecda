package dev.daypass.issuance;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.identity.Identity;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.ledger.verify.GrantReview;
import dev.daypass.policy.PastGrant;
import dev.daypass.policy.Policy;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges grants by the policy in force when they were written: the text of each policy stands in
 * the ledger itself, in {@code policy.loaded} (DESIGN section 6).
 */
public final class GrantPolicyReview implements GrantReview {
  /** How late a grant that was under way may still name the policy before. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private final PolicyText policies;

  /** By the number of the entry that loaded it; learned before anything is judged beside it. */
  private final NavigableMap<Long, Loaded> loaded = new TreeMap<>();

  private Set<String> providers = Set.of();

  public GrantPolicyReview(PolicyText policies) {
    this.policies = policies;
  }

  /** Reads a policy's text; empty if it is none. */
  @FunctionalInterface
  public interface PolicyText {
    Optional<Policy> read(String text, Set<String> providers);
  }

  private record Loaded(Instant at, String hash, Optional<Policy> policy) {}

  @Override
  public void learn(long number, Instant at, EntryKind kind, JsonObject details) {
    if (kind == EntryKind.CONFIG_LOADED) {
      providers =
          details.text("providers").map(text -> Set.of(text.split(",", -1))).orElse(Set.of());
    }
    if (kind == EntryKind.POLICY_LOADED) {
      Optional<Policy> policy =
          details.text("text").flatMap(text -> policies.read(text, providers));
      loaded.put(number, new Loaded(at, details.text("sha256").orElse(""), policy));
    }
  }

  @Override
  public Verdict judge(long number, Instant at, CertificateContent content, JsonObject details) {
    if (content.type() != CertificateType.USER) {
      return new Verdict(false, Optional.empty());
    }
    String hash = details.text("policy").orElse("");
    Optional<Loaded> inForce = inForce(number, at, hash);
    if (inForce.isEmpty()) {
      return new Verdict(true, Optional.of("the policy that it names was not in force"));
    }
    if (inForce.get().policy().isEmpty()) {
      return new Verdict(false, Optional.empty());
    }
    try {
      Optional<PastGrant> grant = grant(at, content, details);
      return new Verdict(
          grant.isPresent(),
          grant.flatMap(
              past -> inForce.get().policy().get().objections(past).stream().findFirst()));
    } catch (DateTimeException | IllegalArgumentException e) {
      return new Verdict(
          true, Optional.of("its details hold no grant that a policy gives: " + e.getMessage()));
    }
  }

  private Optional<Loaded> inForce(long number, Instant at, String hash) {
    Map.Entry<Long, Loaded> newest = loaded.lowerEntry(number);
    if (newest == null || newest.getValue().hash().equals(hash)) {
      return Optional.ofNullable(newest).map(Map.Entry::getValue);
    }
    return newest.getValue().at().plus(UNDER_WAY).isBefore(at)
        ? Optional.empty()
        : loaded.headMap(newest.getKey(), false).descendingMap().values().stream()
            .findFirst()
            .filter(before -> before.hash().equals(hash));
  }

  private static Optional<PastGrant> grant(
      Instant at, CertificateContent certificate, JsonObject details) {
    Optional<Identity> identity =
        details.object("identity").flatMap(who -> IdentityDetails.read(who, true));
    Optional<RoleName> role = details.text("role").flatMap(RoleName::parse);
    if (identity.isEmpty() || role.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PastGrant(
            at,
            identity.get(),
            role.get(),
            details.text("rule").orElse(""),
            details.text("reason"),
            details.texts("hosts").stream().map(HostName::parse).flatMap(Optional::stream).toList(),
            details.text("address").flatMap(IpAddress::parse),
            new PastGrant.Content(
                certificate.publicKey(),
                certificate.keyId(),
                certificate.principals(),
                certificate.window(),
                certificate.criticalOptions(),
                certificate.extensions())));
  }
}
