package dev.daypass.web.api;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.Principal;
import dev.daypass.identity.Identity;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.issuance.RefusalKind;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.policy.DurationText;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.body.Members;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What became of a certificate request, as an answer. */
final class CertificateReply {
  private final InstantSource clock;

  CertificateReply(InstantSource clock) {
    this.clock = clock;
  }

  Reply of(IssuanceOutcome outcome, Identity identity) {
    return switch (outcome) {
      case IssuanceOutcome.Issued issued ->
          new Reply.Document(201, out -> issued(out, issued, identity));
      case IssuanceOutcome.Refused(var kind, var reasons, var entry) ->
          new Reply.Refused(
              Problem.ofReasons(status(kind), reasons.stream().map(CertificateReply::told).toList())
                  .withEntry(number(entry)));
      case IssuanceOutcome.NeedsApproval(String grant) -> new Reply.Document(202, pending(grant));
      case IssuanceOutcome.AlreadyGranted(EntryNumber entry) ->
          new Reply.Refused(
              Problem.of(
                      409,
                      "already_granted",
                      "This request was granted before; its certificate was not kept.",
                      "Use the certificate that you got, or ask with a new Idempotency-Key.")
                  .withEntry(number(Optional.of(entry))));
      case IssuanceOutcome.Frozen(String why, var entry) ->
          new Reply.Refused(
              Problem.of(
                      503,
                      "frozen",
                      "An operator has stopped issuing certificates: " + why,
                      "Ask an operator when it goes on; your login stays.")
                  .withEntry(number(entry)));
      case IssuanceOutcome.Unwitnessed(var entry) ->
          new Reply.Refused(
              Problem.of(
                      503,
                      "witnesses_unavailable",
                      "This role wants its proof witnessed, and too few witnesses answer.",
                      "Try again in a moment; /readyz says how each witness stands.")
                  .withEntry(number(entry)));
      case IssuanceOutcome.Unavailable(String detail, var entry) ->
          new Reply.Refused(
              Problem.of(503, "unavailable", detail, "Try again in a moment.")
                  .withEntry(number(entry)));
    };
  }

  private static int status(RefusalKind kind) {
    return switch (kind) {
      case MALFORMED -> 400;
      case FORBIDDEN -> 403;
      case IDEMPOTENCY_MISMATCH -> 422;
    };
  }

  private void issued(Members out, IssuanceOutcome.Issued issued, Identity identity) {
    CertificateContent content = issued.certificate().content();
    out.text("serial", content.serial().toString());
    out.text("username", identity.username().text());
    out.text("role", issued.decision().role().name().text());
    out.text("key_id", content.keyId().text());
    out.texts("principals", content.principals().stream().map(Principal::name).toList());
    List<String> hosts =
        issued.decision().hosts().stream().map(host -> host.name().text()).toList();
    if (!hosts.isEmpty()) {
      out.texts("hosts", hosts);
    }
    out.text("valid_after", content.window().validAfter().toString());
    out.text("valid_before", content.window().validBefore().toString());
    Duration rest = Duration.between(clock.instant(), content.window().validBefore());
    out.text("valid_for", DurationText.format(rest));
    content
        .proof()
        .ifPresent(proof -> out.text("proof", new String(proof.toArray(), StandardCharsets.UTF_8)));
    out.certificate(issued.certificate().line(content.keyId().text()));
  }

  private static Consumer<Members> pending(String grant) {
    return out -> {
      out.text("code", "approval_needed");
      out.text("detail", grant);
    };
  }

  private static Problem.Reason told(Reason reason) {
    return new Problem.Reason(reason.code(), reason.detail(), reason.remedy());
  }

  private static Optional<String> number(Optional<EntryNumber> entry) {
    return entry.map(number -> Long.toUnsignedString(number.value()));
  }
}
