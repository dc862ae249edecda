package dev.daypass.fleet.answer;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.SecondOpinion;
import dev.daypass.cert.Serial;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.cert.lint.CertificateLinter;
import dev.daypass.cert.lint.LintFinding;
import dev.daypass.cert.lint.LintLimits;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates of servers, for exactly the name that was fixed at join: logged, then signed (DESIGN
 * section 1.1), with nothing in them but name and window. OpenSSH allows no room for a proof.
 */
public final class HostCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(HostCertificates.class);
  private static final Duration BACKDATED = Duration.ofMinutes(1);
  private static final int NONCE_BYTES = 32;

  private final Ledger ledger;
  private final Signer signer;
  private final Duration lifetime;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Function<JoinedHost, Optional<Stop>> stops;

  /**
   * @param lifetime of each certificate, backdating included: the limit of the host CA key
   * @param random for certificate nonces: must be cryptographically strong
   * @param stops why a server must not have any now, if it must not; asked before the entry and
   *     again before the release
   */
  public HostCertificates(
      Ledger ledger,
      Signer signer,
      Duration lifetime,
      InstantSource clock,
      RandomGenerator random,
      Function<JoinedHost, Optional<Stop>> stops) {
    this.ledger = ledger;
    this.signer = signer;
    this.lifetime = lifetime;
    this.clock = clock;
    this.random = random;
    this.stops = stops;
  }

  Certificate issue(JoinedHost host) throws AnswerUnavailable, CertificateStopped {
    Optional<Stop> refusal = stops.apply(host);
    if (refusal.isPresent()) {
      throw new CertificateStopped(refusal.get());
    }
    CertificateContent draft = draft(host);
    requireSound(draft, LintLimits.draft(lifetime));
    Receipt receipt;
    try {
      receipt =
          ledger.append(
              Draft.granting(
                  EntryKind.HOST_CERTIFICATE_GRANTED,
                  details(host, draft),
                  draft,
                  host.searchKeys()));
    } catch (LedgerUnavailable e) {
      throw new AnswerUnavailable("the ledger does not take the certificate's entry", e);
    }
    // From here on the grant is in the ledger: what goes wrong now must be written there as well.
    try {
      Certificate certificate = sign(draft, receipt);
      // Whoever freezes, revokes or removes does so first and then looks for entries: either this
      // sees it, or that one sees the entry.
      Optional<Stop> stopped = stops.apply(host);
      if (stopped.isPresent()) {
        LOG.info("entry {} is not released: {}", receipt.number(), stopped.get().cause());
        writeFailure(receipt, stopped.get().cause());
        throw new CertificateStopped(stopped.get());
      }
      return certificate;
    } catch (SignerRefused | AnswerUnavailable | RuntimeException e) {
      LOG.error("entry {} was granted, its certificate was not released", receipt.number(), e);
      writeFailure(receipt, e.getClass().getSimpleName());
      throw new AnswerUnavailable("the certificate was granted but could not be signed", e);
    }
  }

  private CertificateContent draft(JoinedHost host) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Instant from = clock.instant().minus(BACKDATED).truncatedTo(ChronoUnit.SECONDS);
    return new CertificateContent(
        CertificateType.HOST,
        Bytes.of(nonce),
        host.key(),
        Serial.UNASSIGNED,
        new KeyId("host " + host.name()),
        List.of(new Principal(host.name().text())),
        new ValidityWindow(from, from.plus(lifetime)),
        CertificateOptions.EMPTY,
        CertificateOptions.EMPTY,
        signer.keys().hostCa());
  }

  private Certificate sign(CertificateContent draft, Receipt receipt)
      throws SignerRefused, AnswerUnavailable {
    CertificateContent complete = draft.withSerial(new Serial(receipt.number().value()));
    requireSound(complete, LintLimits.complete(lifetime));
    Certificate certificate =
        signer.signCertificate(complete, receipt.encoded(), receipt.inclusion());
    Optional<String> disagreement = SecondOpinion.disagreement(certificate);
    if (disagreement.isPresent()) {
      throw unsound("second opinion: " + disagreement.get());
    }
    return certificate;
  }

  private static void requireSound(CertificateContent content, LintLimits limits)
      throws AnswerUnavailable {
    List<LintFinding> findings = CertificateLinter.lint(content, limits);
    if (!findings.isEmpty()) {
      throw unsound("lint: " + findings);
    }
  }

  private static AnswerUnavailable unsound(String why) {
    return new AnswerUnavailable("the certificate is unsound", new IllegalStateException(why));
  }

  /** Under the names that user certificates have, so that both are made again alike. */
  private static JsonObject details(JoinedHost host, CertificateContent content) {
    return JsonObject.builder()
        .put("host", host.name().text())
        .put("key", content.publicKey().line())
        .put("key_id", content.keyId().text())
        .put(
            "principals",
            JsonArray.ofTexts(content.principals().stream().map(Principal::name).toList()))
        .put("valid_after", content.window().validAfter().toString())
        .put("valid_before", content.window().validBefore().toString())
        .put("critical_options", JsonObject.EMPTY)
        .put("extensions", JsonObject.EMPTY)
        .put("certificate_nonce", content.nonce().base64Url())
        .put("ca_key", content.caKey().fingerprint().toString())
        .build();
  }

  private void writeFailure(Receipt receipt, String cause) {
    JsonObject details =
        JsonObject.builder().put("entry", receipt.number().toString()).put("cause", cause).build();
    try {
      var _ = ledger.append(Draft.of(EntryKind.CERTIFICATE_FAILED, details, SearchKeys.NONE));
    } catch (LedgerUnavailable e) {
      LOG.error("entry {}: the failure could not be written down either", receipt.number(), e);
    }
  }
}
