package dev.daypass.web.login;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.LoginView;
import dev.daypass.login.Logins;
import dev.daypass.login.StartRequest;
import dev.daypass.login.Visitor;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.policy.DurationText;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.asker.LoginProblems;
import dev.daypass.web.asker.RequestProof;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The terminal's side of a login, from its start to the bound key (DESIGN section 4, Login). Start
 * and bind are signed by that key in a namespace of their own; in between the poll secret alone
 * tells how far it is.
 */
public final class LoginRoutes {
  private static final RequestShape START =
      RequestShape.of(
          Map.of(
              "hostname", Kind.TEXT,
              "mode", Kind.TEXT,
              "port", Kind.TEXT,
              "challenge", Kind.TEXT,
              "max_auth_age", Kind.TEXT));
  private static final RequestShape BIND =
      RequestShape.of(Map.of("secret", Kind.TEXT, "proof", Kind.TEXT));

  private final String origin;
  private final Logins logins;
  private final RequestProof proof;
  private final LoginPoll poll;

  public LoginRoutes(String origin, Logins logins, RequestProof proof, LoginPoll poll) {
    this.origin = origin;
    this.logins = logins;
    this.proof = proof;
    this.poll = poll;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/logins", this::start),
        Endpoint.get("/v1/logins/{id}", this::state),
        Endpoint.post("/v1/logins/{id}/bind", this::bind));
  }

  private Reply start(Exchange exchange) throws RequestFailed, BodyRefused {
    SshPublicKey key = proof.key(exchange, RequestProof.LOGIN_NAMESPACE);
    RequestFields fields =
        RequestFields.read(START, exchange.mediaType(), exchange.body().toArray());
    return switch (logins.start(key, startRequest(fields), visitor(exchange))) {
      case StartOutcome.Started started ->
          new Reply.Document(
              201,
              out -> {
                out.text("login", started.id().text());
                out.text("poll_secret", started.poll().text());
                out.text("url", origin + "/login/" + started.id().text());
                started.code().ifPresent(code -> out.text("user_code", code.text()));
                out.text(
                    "expires_at", started.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
              });
      case LoginRefused refused -> throw LoginProblems.failed(refused);
    };
  }

  private static StartRequest startRequest(RequestFields fields) throws RequestFailed, BodyRefused {
    return new StartRequest(
        fields.required("hostname"),
        LoginMode.parse(fields.required("mode"))
            .orElseThrow(() -> invalid("mode", "loopback or device")),
        port(fields.text("port")),
        Optional.of(challenge(fields.required("challenge"))),
        maxAuthAge(fields.text("max_auth_age")));
  }

  private static OptionalInt port(Optional<String> text) throws RequestFailed {
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("[1-9][0-9]{3,4}")) {
      throw invalid("port", "a number from 1024 to 65535");
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  /** Written like a secret: 32 bytes as base64url. */
  private static Bytes challenge(String text) throws RequestFailed {
    return LoginSecret.parse(text)
        .map(form -> Bytes.of(Base64.getUrlDecoder().decode(form.text())))
        .orElseThrow(() -> invalid("challenge", "BASE64URL(SHA256(ASCII(secret)))"));
  }

  private static Optional<Duration> maxAuthAge(Optional<String> text) throws RequestFailed {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        DurationText.parse(text.get())
            .orElseThrow(() -> invalid("max_auth_age", "a duration like 0s or 30m")));
  }

  private Reply state(Exchange exchange) throws RequestFailed {
    return poll.answer(exchange, id(exchange), secret(exchange));
  }

  private Reply bind(Exchange exchange) throws RequestFailed, BodyRefused {
    SshPublicKey key = proof.key(exchange, RequestProof.LOGIN_NAMESPACE);
    LoginSecret pollSecret = secret(exchange);
    RequestFields fields =
        RequestFields.read(BIND, exchange.mediaType(), exchange.body().toArray());
    LoginSecret helper =
        LoginSecret.parse(fields.required("secret"))
            .orElseThrow(() -> unproven("helper_secret_invalid", "secret"));
    Optional<LoginSecret> loopback = Optional.empty();
    if (fields.text("proof").isPresent()) {
      loopback = fields.text("proof").flatMap(LoginSecret::parse);
      if (loopback.isEmpty()) {
        throw unproven("proof_invalid", "proof");
      }
    }
    return switch (logins.bind(
        id(exchange), pollSecret, loopback, helper, key, visitor(exchange))) {
      case BindOutcome.Bound(LoginView login) -> new Reply.Document(200, LoginMembers.bound(login));
      case LoginRefused refused -> throw LoginProblems.failed(refused);
    };
  }

  static LoginId id(Exchange exchange) throws RequestFailed {
    return LoginId.parse(exchange.path("id"))
        .orElseThrow(() ->
            new RequestFailed(
                Problem.of(
                    404, "login_unknown", "There is no such login.", "Run daypass login again.")));
  }

  private static LoginSecret secret(Exchange exchange) throws RequestFailed {
    List<String> headers = exchange.headers("Daypass-Poll");
    return (headers.size() == 1
            ? LoginSecret.parse(headers.getFirst())
            : Optional.<LoginSecret>empty())
        .orElseThrow(() -> unproven("poll_secret_invalid", "Daypass-Poll"));
  }

  static Visitor visitor(Exchange exchange) {
    return new Visitor(IpAddress.of(exchange.client()), exchange.requestId());
  }

  private static RequestFailed unproven(String code, String name) {
    return new RequestFailed(
        Problem.of(
            401, code, name + " is not there once in its form.", "Run daypass login again."));
  }

  private static RequestFailed invalid(String name, String wanted) {
    return new RequestFailed(
        Problem.of(
            400, "start_invalid", name + " is not " + wanted + ".", "Look at /openapi.yaml."));
  }
}
