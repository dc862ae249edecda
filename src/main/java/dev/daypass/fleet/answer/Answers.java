package dev.daypass.fleet.answer;

import dev.daypass.cert.Certificate;
import dev.daypass.fleet.HourlyBudget;
import dev.daypass.fleet.MapVersions;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.ledger.Ledger;
import dev.daypass.policy.Policy;
import dev.daypass.signer.ChannelSigner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes what a joined server asks for, and signs it with the channel key. */
public final class Answers {
  private static final Duration MAP_LASTS = Duration.ofDays(1);
  private static final int CERTIFICATES_AN_HOUR = 20;

  private final Ledger ledger;
  private final ChannelSigner channel;
  private final HostCertificates certificates;
  private final MapVersions versions;
  private final Supplier<PolicyInForce> policy;
  private final String url;
  private final InstantSource clock;
  private final HourlyBudget budget;

  /**
   * A policy and since when it holds.
   *
   * @param since a size of the ledger: maps with a smaller version were made under another one
   */
  public record PolicyInForce(Policy policy, long since) {}

  /**
   * @param policy that in force at this moment
   * @param url the public origin, which servers are told
   */
  public Answers(
      Ledger ledger,
      ChannelSigner channel,
      HostCertificates certificates,
      MapVersions versions,
      Supplier<PolicyInForce> policy,
      String url,
      InstantSource clock) {
    this.ledger = ledger;
    this.channel = channel;
    this.certificates = certificates;
    this.versions = versions;
    this.policy = policy;
    this.url = url;
    this.clock = clock;
    this.budget = new HourlyBudget(clock, CERTIFICATES_AN_HOUR);
  }

  /**
   * The map of principals, made now, of the server that is found now; empty if none is.
   *
   * @param find looks the server up
   */
  public Optional<SignedDocument> map(Supplier<Optional<JoinedHost>> find)
      throws AnswerUnavailable {
    // The version comes first: a change that is not in this map must have a higher one.
    long version = versions.current();
    Policy now = policy.get().policy();
    Optional<JoinedHost> host = find.get();
    return host.isEmpty()
        ? Optional.empty()
        : Optional.of(sign(PrincipalMap.of(now, host.get().host()), version));
  }

  private SignedDocument sign(PrincipalMap map, long version) throws AnswerUnavailable {
    Instant now = clock.instant();
    return SignedDocument.sign(
        channel, ChannelSigner.Document.PRINCIPAL_MAP, map.text(version, now, now.plus(MAP_LASTS)));
  }

  /** From which version on maps say what {@link #map} says now, its times aside. */
  public long mapSince(JoinedHost host) {
    return Math.max(policy.get().since(), host.changed().value() + 1);
  }

  /** Whether the server may have one more certificate in this hour; if so it is counted. */
  public boolean mayHaveCertificate(JoinedHost host) {
    return budget.spend(host.name());
  }

  /** A new certificate for the server, in the answer that carries it. */
  public SignedDocument certificate(JoinedHost host) throws AnswerUnavailable, CertificateStopped {
    Certificate certificate = certificates.issue(host);
    List<String> lines =
        List.of(
            "daypass-host-v1",
            "host " + host.name(),
            "version " + ledger.size(),
            "made " + clock.instant().truncatedTo(ChronoUnit.SECONDS),
            "valid-until " + certificate.content().window().validBefore(),
            "mode " + host.mode().wireName(),
            "ca-url " + url,
            "certificate " + certificate.line(""));
    return SignedDocument.sign(
        channel, ChannelSigner.Document.HOST_ANSWER, String.join("\n", lines) + "\n");
  }
}
