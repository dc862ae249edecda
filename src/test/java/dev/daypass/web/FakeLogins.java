package dev.daypass.web;

import dev.daypass.identity.IdentityId;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.LoginSecret;
import dev.daypass.login.LoginView;
import dev.daypass.login.Logins;
import dev.daypass.login.StartRequest;
import dev.daypass.login.Visitor;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.CallbackOutcome;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.ConsentPage;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PendingView;
import dev.daypass.login.outcome.PollOutcome;
import dev.daypass.login.outcome.PollState;
import dev.daypass.login.outcome.SignInOutcome;
import dev.daypass.login.outcome.Standing;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.SshPublicKey;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Logins that answer what a test has set, and remember what they were asked. They know one login,
 * {@link #ID}, one browser and one poll secret.
 */
final class FakeLogins implements Logins {
  static final LoginId ID = LoginId.random(new Random(1));
  static final LoginSecret POLL = LoginSecret.random(new Random(2));
  static final LoginSecret BROWSER = LoginSecret.random(new Random(3));
  static final LoginSecret RENEWED = LoginSecret.random(new Random(4));
  static final LoginSecret CSRF = LoginSecret.random(new Random(5));
  static final LoginSecret PROOF = LoginSecret.random(new Random(6));
  static final IpAddress ADDRESS = IpAddress.parse("10.20.30.40").orElseThrow();
  static final LoginRefused UNKNOWN =
      new LoginRefused(LoginFault.LOGIN_UNKNOWN, "No such login.", "Start again.");

  /** What was asked, in a few words each. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  final Deque<PollState> states = new ArrayDeque<>(List.of(PollState.WAITING));

  String hostname = "alice-laptop";
  LoginMode mode = LoginMode.LOOPBACK;
  IpAddress browserAddress = ADDRESS;
  List<SignInProvider> providers = List.of(new SignInProvider("okta", "Okta"));
  List<LoginView> others = List.of();
  Optional<StartRequest> started = Optional.empty();
  StartOutcome start =
      new StartOutcome.Started(
          ID, POLL, Optional.empty(), RunningServer.NOW.plus(Duration.ofMinutes(5)));
  ConsentOutcome consent = new ConsentOutcome.Finish(40_123, PROOF);
  BindOutcome bind = new BindOutcome.Bound(view(ID, "alice-laptop"));
  EndOutcome end = new EndOutcome.Ended(1, 2);
  IdentityId owner = FakeBackend.ALICE.id();
  Standing standing = new Standing.Known(FakeBackend.ALICE, ID, Optional.empty(), Optional.empty());

  static LoginView view(LoginId id, String hostname) {
    return new LoginView(
        id,
        FakeBackend.ALICE.username(),
        "okta",
        FakeBackend.key().fingerprint(),
        hostname,
        LoginMode.LOOPBACK,
        ADDRESS,
        RunningServer.NOW.minus(Duration.ofHours(3)),
        RunningServer.NOW.plus(Duration.ofHours(7)),
        true);
  }

  @Override
  public StartOutcome start(SshPublicKey provenKey, StartRequest request, Visitor terminal) {
    asked.add("start by " + provenKey.fingerprint() + " from " + terminal.address());
    started = Optional.of(request);
    return start;
  }

  @Override
  public Optional<PendingView> pending(LoginId id) {
    return id.equals(ID)
        ? Optional.of(
            new PendingView(
                ID, hostname, FakeBackend.key().fingerprint(), ADDRESS, mode, providers))
        : Optional.empty();
  }

  @Override
  public SignInOutcome signIn(LoginId id, String provider) {
    asked.add("signIn " + provider);
    return providers.stream().anyMatch(known -> known.name().equals(provider))
        ? new SignInOutcome.Redirect(
            URI.create("https://idp.example.com/authorize?a=1&state=s%26t"), BROWSER)
        : new LoginRefused(LoginFault.PROVIDER_UNKNOWN, "No such provider.", "Choose another.");
  }

  @Override
  public CallbackOutcome callback(
      String provider,
      Map<String, List<String>> parameters,
      Optional<LoginSecret> browser,
      Visitor visitor) {
    asked.add("callback " + provider + " " + new java.util.TreeMap<>(parameters));
    return browser.filter(BROWSER::matches).isPresent()
            && List.of("s").equals(parameters.get("state"))
        ? new CallbackOutcome.ConsentNeeded(ID, RENEWED)
        : new LoginRefused(
            LoginFault.SIGN_IN_INVALID, "The sign-in is not this browser's.", "Start again.");
  }

  @Override
  public ConsentPage consentPage(LoginId id, LoginSecret browser) {
    if (!id.equals(ID) || !browser.matches(RENEWED)) {
      return UNKNOWN;
    }
    return new ConsentPage.View(
        ID,
        FakeBackend.ALICE.username(),
        "Okta",
        FakeBackend.key().fingerprint(),
        hostname,
        ADDRESS,
        browserAddress,
        mode,
        others,
        CSRF);
  }

  @Override
  public ConsentOutcome consent(
      LoginId id,
      LoginSecret browser,
      String csrf,
      boolean allowed,
      Optional<String> userCode,
      Visitor visitor) {
    asked.add("consent " + allowed + userCode.map(code -> " code " + code).orElse(""));
    if (!id.equals(ID) || !browser.matches(RENEWED)) {
      return UNKNOWN;
    }
    if (!CSRF.matches(csrf)) {
      return new LoginRefused(
          LoginFault.CONSENT_INVALID, "The form is not this page's.", "Load the page again.");
    }
    return allowed ? consent : new ConsentOutcome.Denied();
  }

  @Override
  public PollOutcome state(LoginId id, LoginSecret poll) {
    if (!id.equals(ID)) {
      return UNKNOWN;
    }
    if (!poll.matches(POLL)) {
      return new LoginRefused(LoginFault.POLL_SECRET_INVALID, "Not its secret.", "Start again.");
    }
    return new PollOutcome.Known(states.size() > 1 ? states.removeFirst() : states.getFirst());
  }

  @Override
  public BindOutcome bind(
      LoginId id,
      LoginSecret poll,
      Optional<LoginSecret> proof,
      LoginSecret helper,
      SshPublicKey provenKey,
      Visitor terminal) {
    asked.add("bind " + (proof.isPresent() ? "with proof" : "without proof"));
    return bind;
  }

  @Override
  public Standing standing(SshPublicKey provenKey) {
    return standing;
  }

  @Override
  public boolean isOpen(LoginId id) {
    return id.equals(ID);
  }

  @Override
  public Optional<OpenLogin> find(LoginId id) {
    return id.equals(ID) ? Optional.of(new OpenLogin(owner, view(ID, hostname))) : Optional.empty();
  }

  @Override
  public List<LoginView> loginsOf(IdentityId identity) {
    List<LoginView> all = new ArrayList<>(others);
    all.addFirst(view(ID, hostname));
    return all;
  }

  @Override
  public EndOutcome end(LoginId id, Ender ender) {
    asked.add("end " + id + " by " + ender.getClass().getSimpleName());
    return id.equals(ID) ? end : UNKNOWN;
  }

  @Override
  public EndOutcome endAll(IdentityId identity, Ender ender) {
    asked.add("endAll " + identity.subject());
    return end;
  }
}
