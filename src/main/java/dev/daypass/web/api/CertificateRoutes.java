package dev.daypass.web.api;

import dev.daypass.identity.Identity;
import dev.daypass.issuance.CertificateRequest;
import dev.daypass.issuance.RequestContext;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.login.RequestVerdict;
import dev.daypass.login.SignedRequest;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /v1/certificates}: who asks by a bearer token, for which key by that key's signature
 * over this very request, and for what by its body (DESIGN section 4, Requests). From the moment
 * that the asker is known, each refusal goes into the ledger, within the identity's budget.
 */
public final class CertificateRoutes {
  private final BearerAuthentication authentication;
  private final PossessionCheck possession;
  private final CertificateDesk desk;
  private final CertificateReply replies;

  public CertificateRoutes(
      BearerAuthentication authentication,
      PossessionCheck possession,
      CertificateDesk desk,
      InstantSource clock) {
    this.authentication = authentication;
    this.possession = possession;
    this.desk = desk;
    this.replies = new CertificateReply(clock);
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.post("/v1/certificates", this::issue));
  }

  private Reply issue(Exchange exchange) throws RequestFailed {
    Optional<IpAddress> address = Optional.of(IpAddress.of(exchange.client()));
    Asker asker = new Asker(Optional.empty(), address, exchange.requestId());
    Identity identity;
    try {
      identity = authentication.identity(exchange);
    } catch (RequestFailed e) {
      return refused(
          e.problem(), e.who().flatMap(id -> desk.recordRefusal(id, asker, reason(e.problem()))));
    }
    try {
      return issue(exchange, identity, address);
    } catch (RequestFailed e) {
      return refused(e.problem(), desk.recordRefusal(identity, asker, reason(e.problem())));
    }
  }

  private static Reply refused(Problem problem, Optional<EntryNumber> entry) {
    return new Reply.Refused(
        problem.withEntry(entry.map(number -> Long.toUnsignedString(number.value()))));
  }

  private Reply issue(Exchange exchange, Identity identity, Optional<IpAddress> address)
      throws RequestFailed {
    Bytes body = exchange.body();
    CertificateRequest request = request(exchange, body);
    Optional<String> idempotencyKey = IdempotencyHeader.value(exchange);
    SshPublicKey key = provenKey(exchange, body, request);
    RequestContext context =
        new RequestContext(key, address, exchange.requestId(), idempotencyKey, body.sha256());
    return replies.of(desk.issue(identity, request, context), identity);
  }

  private static CertificateRequest request(Exchange exchange, Bytes body) throws RequestFailed {
    try {
      return CertificateFields.read(exchange.mediaType(), body.toArray());
    } catch (BodyRefused e) {
      throw new RequestFailed(e.problem());
    }
  }

  private SshPublicKey provenKey(Exchange exchange, Bytes body, CertificateRequest request)
      throws RequestFailed {
    SshPublicKey key = publicKey(request);
    SignedRequest signed =
        new SignedRequest(
            exchange.method(), exchange.target(), exchange.header("Content-Type").orElse(""), body);
    return switch (possession.verifyPossession(signed, possessionHeader(exchange), key)) {
      case RequestVerdict.Verified(SshPublicKey proven) -> proven;
      case RequestVerdict.Rejected rejected -> throw new RequestFailed(problem(rejected));
    };
  }

  private static Problem problem(RequestVerdict.Rejected rejected) {
    int status =
        switch (rejected.fault()) {
          case POSSESSION_REQUIRED -> 403;
          case SIGNATURE_INVALID, CLOCK_SKEW, RESTARTED -> 401;
          case OVERLOADED -> 503;
        };
    return Problem.of(status, rejected.code(), rejected.detail(), rejected.remedy());
  }

  private static Optional<String> possessionHeader(Exchange exchange) throws RequestFailed {
    List<String> headers = exchange.headers("Daypass-Possession");
    if (headers.size() > 1) {
      throw new RequestFailed(
          Problem.of(
              401, "signature_invalid", "Daypass-Possession is there twice.", "Send it once."));
    }
    return headers.stream().findFirst();
  }

  private static SshPublicKey publicKey(CertificateRequest request) throws RequestFailed {
    String line = request.publicKey().orElseThrow();
    try {
      return SshPublicKey.parse(line);
    } catch (SshFormatException e) {
      throw new RequestFailed(
          Problem.of(
              400,
              "public_key_malformed",
              "public_key: " + e.getMessage() + ".",
              "Send the one line of a plain OpenSSH public key file."));
    }
  }

  private static Reason reason(Problem problem) {
    return new Reason(problem.code(), problem.detail().orElse(""), problem.remedy().orElse(""));
  }
}
