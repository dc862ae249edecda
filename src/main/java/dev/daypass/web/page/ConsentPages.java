package dev.daypass.web.page;

import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.LoginView;
import dev.daypass.login.Logins;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.ConsentPage;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.web.asker.LoginProblems;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.PageRules;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.page.view.Closing;
import dev.daypass.web.page.view.Consent;
import dev.daypass.web.page.view.Finish;
import dev.daypass.web.page.view.Frame;
import dev.daypass.web.page.view.Terminal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The consent, and how it ended: the barrier against logins that somebody else started. */
final class ConsentPages {
  private static final RequestShape ANSWER =
      RequestShape.of(Map.of("csrf", Kind.TEXT, "answer", Kind.TEXT, "code", Kind.TEXT));

  private final Frame frame;
  private final Logins logins;
  private final BrowserCookie cookie;
  private final InstantSource clock;

  ConsentPages(Frame frame, Logins logins, BrowserCookie cookie, InstantSource clock) {
    this.frame = frame;
    this.logins = logins;
    this.cookie = cookie;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/login/{id}/consent", this::show),
        Endpoint.post("/login/{id}/consent", this::answer));
  }

  private Reply show(Exchange exchange) throws RequestFailed {
    return page(200, Navigation.login(exchange), session(exchange), null);
  }

  private Reply answer(Exchange exchange) throws RequestFailed, BodyRefused {
    Navigation.requireOwnForm(exchange);
    LoginId id = Navigation.login(exchange);
    LoginSecret browser = session(exchange);
    RequestFields form =
        RequestFields.read(ANSWER, Navigation.form(exchange), exchange.body().toArray());
    ConsentOutcome outcome =
        logins.consent(
            id,
            browser,
            form.required("csrf"),
            allowed(form.required("answer")),
            form.text("code"),
            Navigation.visitor(exchange));
    return switch (outcome) {
      case ConsentOutcome.Finish(int port, LoginSecret proof) -> finish(port, proof);
      case ConsentOutcome.Done _ -> last(Pages.done(new Closing(frame)));
      case ConsentOutcome.Denied _ -> last(Pages.denied(new Closing(frame)));
      case ConsentOutcome.WrongCode(int left) -> page(422, id, browser, wrongCode(left));
      case LoginRefused refused -> throw LoginProblems.failed(refused);
    };
  }

  private Reply finish(int port, LoginSecret proof) {
    String listener = "http://127.0.0.1:" + port;
    return new Reply.Page(
        200,
        Pages.finish(new Finish(frame, listener + "/", proof.text())),
        PageRules.formTo(listener),
        List.of(cookie.clear()));
  }

  private Reply last(dev.daypass.ssh.Bytes html) {
    return new Reply.Page(200, html, PageRules.PLAIN, List.of(cookie.clear()));
  }

  private Reply page(int status, LoginId id, LoginSecret browser, @Nullable String alert)
      throws RequestFailed {
    return switch (logins.consentPage(id, browser)) {
      case ConsentPage.View view ->
          new Reply.Page(status, Pages.consent(consent(view, alert)), PageRules.FORM);
      case LoginRefused refused -> throw LoginProblems.failed(refused);
    };
  }

  private Consent consent(ConsentPage.View view, @Nullable String alert) {
    Instant now = clock.instant();
    return new Consent(
        frame,
        Shown.harmless(view.username().text()),
        view.provider(),
        terminal(view),
        view.others().stream().map(other -> other(other, now)).toList(),
        view.mode() == LoginMode.DEVICE,
        "/login/" + view.id().text() + "/consent",
        view.csrf().text(),
        alert);
  }

  private static Terminal terminal(ConsentPage.View view) {
    String note =
        view.asker().equals(view.browser())
            ? "the same as this browser's"
            : "not this browser's, which is " + view.browser();
    return new Terminal(
        Shown.harmless(view.hostname()), view.key().toString(), view.asker().toString(), note);
  }

  private static Consent.Other other(LoginView login, Instant now) {
    return new Consent.Other(
        Shown.harmless(login.hostname()),
        login.address().toString(),
        Moments.since(login.openedAt(), now),
        Moments.until(login.until(), now));
  }

  private static String wrongCode(int left) {
    return switch (left) {
      case 0 -> "That is not the terminal's code. Start again.";
      case 1 -> "That is not the terminal's code. One try is left.";
      default -> "That is not the terminal's code. " + left + " tries are left.";
    };
  }

  private static boolean allowed(String answer) throws RequestFailed {
    return switch (answer) {
      case "allow" -> true;
      case "refuse" -> false;
      default ->
          throw new RequestFailed(
              Problem.of(
                  400,
                  "answer_unknown",
                  "The answer is neither allow nor refuse.",
                  "Use the page's own buttons."));
    };
  }

  private LoginSecret session(Exchange exchange) throws RequestFailed {
    return cookie.read(exchange).orElseThrow(Navigation::sessionMissing);
  }
}
