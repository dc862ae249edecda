package dev.daypass.web.server;

import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.answer.AnswerUnavailable;
import dev.daypass.fleet.answer.CertificateStopped;
import dev.daypass.fleet.host.HostFault;
import dev.daypass.fleet.host.HostRefused;
import dev.daypass.fleet.host.JoinOutcome;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.fleet.host.PendingJoin;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server does for itself: join, and fetch what it enforces. */
public final class HostRoutes {
  private static final RequestShape JOIN =
      RequestShape.of(Map.of("token", Kind.TEXT, "name", Kind.TEXT, "mode", Kind.TEXT));

  private final HostAdmission admission;
  private final ServerDesk desk;
  private final MapPoll poll;
  private final Endpoint.Route bundle;

  /**
   * @param bundle answers the newest trust bundle
   */
  public HostRoutes(HostAdmission admission, ServerDesk desk, MapPoll poll, Endpoint.Route bundle) {
    this.admission = admission;
    this.desk = desk;
    this.poll = poll;
    this.bundle = bundle;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/hosts", admission.signed(this::join)),
        Endpoint.get("/v1/hosts/me/principals", admission.joined(poll::answer))
            .taking(QueryRule.of("wait", "after", "krl", "bundle"))
            .withoutHead(),
        Endpoint.get(
            "/v1/hosts/me/bundle", admission.joined((exchange, _) -> bundle.answer(exchange))),
        Endpoint.post(
            "/v1/hosts/me/certificate", admission.joined((_, host) -> certificate(host))));
  }

  private Reply join(Exchange exchange, SshPublicKey key) throws RequestFailed, BodyRefused {
    RequestFields fields =
        RequestFields.read(JOIN, exchange.mediaType(), exchange.body().toArray());
    ServerMode mode =
        ServerMode.ofWireName(fields.text("mode").orElse(ServerMode.FILE.wireName()))
            .orElseThrow(() -> invalid(HostFault.MODE_INVALID, "mode", "file or proof"));
    Optional<String> token = fields.text("token");
    Optional<String> name = fields.text("name");
    if (token.isPresent() == name.isPresent()) {
      throw invalid(HostFault.NAME_INVALID, "The body", "of exactly one of token and name");
    }
    JoinOutcome outcome =
        token.isPresent()
            ? desk.join(key, token.get(), mode)
            : desk.ask(key, hostName(name.orElseThrow()), mode, address(exchange));
    return switch (outcome) {
      case JoinOutcome.Joined(JoinedHost host) -> {
        exchange.identified();
        yield certificate(host);
      }
      case JoinOutcome.Asked(PendingJoin pending) -> asked(pending);
      case HostRefused refused -> throw HostProblems.failed(refused);
    };
  }

  private Reply certificate(JoinedHost host) throws RequestFailed {
    if (!desk.mayHaveCertificate(host)) {
      throw HostProblems.tooManyCertificates();
    }
    try {
      return new Reply.Text(Reply.Text.PLAIN, Bytes.ofUtf8(desk.certificate(host).document()));
    } catch (AnswerUnavailable e) {
      throw HostProblems.failed(e);
    } catch (CertificateStopped e) {
      throw HostProblems.stopped(e.stop());
    }
  }

  private static Reply asked(PendingJoin pending) {
    return new Reply.Document(
        202,
        out -> {
          out.text("state", "asked");
          out.text("name", pending.claimed().text());
          out.text("fingerprint", pending.key().fingerprint().toString());
          out.text("asked_at", pending.askedAt().toString());
        });
  }

  static HostName hostName(String text) throws RequestFailed {
    return HostName.parse(text)
        .orElseThrow(() -> invalid(HostFault.NAME_INVALID, "name", "a DNS name in lower case"));
  }

  private static IpAddress address(Exchange exchange) {
    return IpAddress.of(exchange.client());
  }

  private static RequestFailed invalid(HostFault fault, String name, String wanted) {
    return HostProblems.invalid(fault, name + " is not " + wanted + ".", "Look at /openapi.yaml.");
  }
}
