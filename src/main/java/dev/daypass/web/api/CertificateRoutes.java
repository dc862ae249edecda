package dev.daypass.web.api;

import dev.daypass.issuance.CertificateRequest;
import dev.daypass.issuance.LoginUse;
import dev.daypass.issuance.RequestContext;
import dev.daypass.login.outcome.Standing;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.asker.Admission;
import dev.daypass.web.asker.KnownAsker;
import dev.daypass.web.asker.RequestProof;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.quota.CertificateRates;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /v1/certificates}: who asks by a bearer token or a bound key, for which key by that
 * key's signature over this very request, and for what by its body (DESIGN section 4, Requests).
 */
public final class CertificateRoutes {
  private final Admission admission;
  private final CertificateRates rates;
  private final RequestProof proof;
  private final CertificateDesk desk;
  private final CertificateReply replies;

  public CertificateRoutes(
      Admission admission,
      CertificateRates rates,
      RequestProof proof,
      CertificateDesk desk,
      InstantSource clock) {
    this.admission = admission;
    this.rates = rates;
    this.proof = proof;
    this.desk = desk;
    this.replies = new CertificateReply(clock);
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.post("/v1/certificates", admission.known(this::issue)));
  }

  private Reply issue(Exchange exchange, KnownAsker asker) throws RequestFailed, BodyRefused {
    rates.askedBy(asker.identity().id(), exchange.client());
    Bytes body = exchange.body();
    CertificateRequest request = CertificateFields.read(exchange.mediaType(), body.toArray());
    Optional<String> idempotencyKey = IdempotencyHeader.value(exchange);
    SshPublicKey key = provenKey(exchange, asker, request);
    rates.askedFor(key);
    RequestContext context =
        new RequestContext(
            key,
            Optional.of(IpAddress.of(exchange.client())),
            exchange.requestId(),
            idempotencyKey,
            body.sha256(),
            asker.signature().map(CertificateRoutes::loginUse));
    return replies.of(desk.issue(asker.identity(), request, context), asker.identity());
  }

  private static LoginUse loginUse(KnownAsker.BoundKey bound) {
    Standing.Known standing = bound.standing();
    return new LoginUse(standing.login(), standing.unreachableSince(), standing.lastCheck());
  }

  /** Signed: the bound key is the certified key. With a token: the key that the body names. */
  private SshPublicKey provenKey(Exchange exchange, KnownAsker asker, CertificateRequest request)
      throws RequestFailed, BodyRefused {
    Optional<SshPublicKey> named = publicKey(request);
    if (asker.signature().isPresent()) {
      SshPublicKey bound = asker.signature().get().key();
      if (named.isPresent() && !named.get().equals(bound)) {
        throw keyMismatch();
      }
      return bound;
    }
    SshPublicKey key = named.orElseThrow(() -> BodyRefused.missing("public_key"));
    proof.possession(exchange, key);
    return key;
  }

  private static Optional<SshPublicKey> publicKey(CertificateRequest request) throws RequestFailed {
    if (request.publicKey().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SshPublicKey.parse(request.publicKey().get()));
    } catch (SshFormatException e) {
      throw new RequestFailed(
          Problem.of(
              400,
              "public_key_malformed",
              "public_key: " + e.getMessage() + ".",
              "Send the one line of a plain OpenSSH public key file."));
    }
  }

  /** CASES 72. */
  private static RequestFailed keyMismatch() {
    return new RequestFailed(
        Problem.of(
            400,
            "key_mismatch",
            "The request asks a certificate for another key than the one that signs it.",
            "Leave public_key out: the key that a login has bound is the key that is certified."));
  }
}
