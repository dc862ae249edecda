package dev.daypass.issuance;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.SecondOpinion;
import dev.daypass.cert.Serial;
import dev.daypass.cert.lint.CertificateLinter;
import dev.daypass.cert.lint.LintFinding;
import dev.daypass.cert.lint.LintLimits;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.login.LoginId;
import dev.daypass.policy.role.ProofDemand;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log, then sign (DESIGN section 1.1): a granted request becomes to-be-signed bytes, those an entry
 * that is durable, and only then a signature. A crash in between leaves an entry without a
 * certificate, never the reverse; every other failure past the entry writes {@code
 * certificate.failed}.
 */
public final class CertificateRelease {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateRelease.class);
  private static final int NONCE_BYTES = 32;

  private final Ledger ledger;
  private final Signer signer;
  private final LintLimits draftLimits;
  private final LintLimits completeLimits;
  private final RandomGenerator random;
  private final Predicate<LoginId> isOpen;
  private final Supplier<Optional<String>> frozen;
  private final Witnessing witnesses;

  /**
   * A release of user certificates.
   *
   * @param maxLifetime no certificate lives longer, whatever a role says, backdating included
   * @param random for certificate nonces: must be cryptographically strong
   * @param isOpen whether a login has not ended; false also where that cannot be known
   * @param frozen why nothing may be released at all, if it may not
   * @param witnesses for roles that want their proofs witnessed
   */
  public CertificateRelease(
      Ledger ledger,
      Signer signer,
      Duration maxLifetime,
      RandomGenerator random,
      Predicate<LoginId> isOpen,
      Supplier<Optional<String>> frozen,
      Witnessing witnesses) {
    this.ledger = ledger;
    this.signer = signer;
    this.draftLimits = LintLimits.draft(maxLifetime);
    this.completeLimits = LintLimits.complete(maxLifetime);
    this.random = random;
    this.isOpen = isOpen;
    this.frozen = frozen;
    this.witnesses = witnesses;
  }

  /** What the ledger says of an idempotency key that this process does not remember. */
  sealed interface Earlier {
    /** It was never granted. */
    record None() implements Earlier {}

    /** It was granted under this number. */
    record Granted(EntryNumber entry) implements Earlier {}

    /** It was granted to another body. */
    record OtherBody() implements Earlier {}
  }

  Earlier find(IdempotencyKey key, Bytes bodyHash) throws LedgerUnavailable {
    Optional<EntryNumber> entry = ledger.findGranted(key.hash());
    if (entry.isEmpty()) {
      return new Earlier.None();
    }
    // Erased details leave the body unknown; the key was used, so it is not granted again.
    boolean sameBody =
        ledger
            .details(entry.get())
            .flatMap(EntryDetails::bodyHash)
            .map(bodyHash.base64Url()::equals)
            .orElse(true);
    return sameBody ? new Earlier.Granted(entry.get()) : new Earlier.OtherBody();
  }

  IssuanceOutcome release(Grant grant) throws RequestRefused, LedgerUnavailable {
    Optional<String> stopped = frozen.get();
    if (stopped.isPresent()) {
      return new IssuanceOutcome.Frozen(stopped.get(), Optional.empty());
    }
    boolean witnessed = grant.decision().role().proof() == ProofDemand.WITNESSED;
    if (witnessed && !witnesses.isPossible()) {
      return new IssuanceOutcome.Unwitnessed(Optional.empty());
    }
    CertificateContent draft = content(grant);
    refuseMalformed(draft);
    Receipt receipt = ledger.append(entry(grant, draft));
    // From here on the grant is in the ledger: what goes wrong now must be written there as well.
    try {
      Optional<Receipt> shown = witnessed ? witnesses.witnessed(receipt) : Optional.of(receipt);
      if (shown.isEmpty()) {
        writeFailure(grant, receipt, "witnesses_unavailable");
        return new IssuanceOutcome.Unwitnessed(Optional.of(receipt.number()));
      }
      Certificate certificate = sign(draft, receipt, shown.get());
      // Whoever ends a login ends it first and then looks for its entries: either this sees the
      // end, or that one sees the entry and revokes it.
      if (!isOpen(grant)) {
        return loginEnded(grant, receipt);
      }
      Optional<String> stoppedMeanwhile = frozen.get();
      if (stoppedMeanwhile.isPresent()) {
        writeFailure(grant, receipt, "frozen");
        return new IssuanceOutcome.Frozen(stoppedMeanwhile.get(), Optional.of(receipt.number()));
      }
      return new IssuanceOutcome.Issued(certificate, shown.get(), grant.decision());
    } catch (SignerRefused | ReleaseRefused | RuntimeException e) {
      return failed(grant, receipt, e);
    } catch (Error e) {
      throw withFailureWritten(grant, receipt, e);
    }
  }

  private CertificateContent content(Grant grant) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return new CertificateContent(
        CertificateType.USER,
        Bytes.of(nonce),
        grant.request().key(),
        Serial.UNASSIGNED,
        grant.decision().keyId(),
        grant.decision().principals(),
        grant.decision().window(),
        grant.decision().criticalOptions(),
        grant.decision().extensions(),
        signer.keys().userCa());
  }

  private void refuseMalformed(CertificateContent draft) throws RequestRefused {
    List<LintFinding> findings = CertificateLinter.lint(draft, draftLimits);
    if (!findings.isEmpty()) {
      throw RequestRefused.forbidden(Refusals.certificateInvalid(findings.toString()));
    }
  }

  private Draft entry(Grant grant, CertificateContent draft) {
    SearchKeys search =
        new SearchKeys(
            Optional.of(IdentityDetails.searchKey(grant.identity().id())),
            Optional.of(grant.decision().role().name().toString()),
            Optional.of(draft.publicKey().fingerprint()),
            grant.idempotencyKey().map(IdempotencyKey::hash));
    return Draft.granting(
        EntryKind.CERTIFICATE_GRANTED, EntryDetails.granted(grant, draft), draft, search);
  }

  /** The signer is shown the entry under its first checkpoint, the server the one it is to have. */
  private Certificate sign(CertificateContent draft, Receipt receipt, Receipt shown)
      throws SignerRefused, ReleaseRefused {
    CertificateContent complete =
        draft.withSerial(new Serial(receipt.number().value())).withProof(shown.proofText());
    List<LintFinding> findings = CertificateLinter.lint(complete, completeLimits);
    if (!findings.isEmpty()) {
      throw new ReleaseRefused("lint: " + findings);
    }
    // The signer verifies its own signature before it answers.
    Certificate certificate =
        signer.signCertificate(complete, receipt.encoded(), receipt.inclusion());
    Optional<String> disagreement = SecondOpinion.disagreement(certificate);
    if (disagreement.isPresent()) {
      throw new ReleaseRefused("second opinion: " + disagreement.get());
    }
    return certificate;
  }

  private IssuanceOutcome failed(Grant grant, Receipt receipt, Exception cause) {
    LOG.error("entry {} was granted, its certificate was not released", receipt.number(), cause);
    writeFailure(grant, receipt, cause.getClass().getSimpleName());
    return new IssuanceOutcome.Unavailable(
        "The certificate was granted but could not be signed.", Optional.of(receipt.number()));
  }

  /** As well as can be where memory, stack or a class was missing; it is the first that counts. */
  private Error withFailureWritten(Grant grant, Receipt receipt, Error cause) {
    try {
      LOG.error("entry {} was granted, its certificate was not released", receipt.number(), cause);
      writeFailure(grant, receipt, cause.getClass().getSimpleName());
    } catch (RuntimeException | Error second) {
      cause.addSuppressed(second);
    }
    return cause;
  }

  private boolean isOpen(Grant grant) {
    return grant.context().login().map(LoginUse::id).filter(isOpen.negate()).isEmpty();
  }

  private IssuanceOutcome loginEnded(Grant grant, Receipt receipt) {
    LOG.info("entry {}: the login ended before the certificate was released", receipt.number());
    writeFailure(grant, receipt, "login_ended");
    return new IssuanceOutcome.Refused(
        RefusalKind.FORBIDDEN, List.of(Refusals.LOGIN_ENDED), Optional.of(receipt.number()));
  }

  private void writeFailure(Grant grant, Receipt receipt, String cause) {
    JsonObject details = EntryDetails.failed(receipt.number(), cause);
    try {
      var _ =
          ledger.append(
              Draft.of(
                  EntryKind.CERTIFICATE_FAILED,
                  details,
                  IdentityDetails.searchKeys(grant.identity().id())));
    } catch (LedgerUnavailable e) {
      LOG.error("entry {}: the failure could not be written down either", receipt.number(), e);
    }
  }

  /** A certificate that its own checks refuse after its entry was written. */
  private static final class ReleaseRefused extends Exception {
    private static final long serialVersionUID = 1L;

    ReleaseRefused(String why) {
      super(why);
    }
  }
}
