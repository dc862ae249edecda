package dev.daypass.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.config.policy.PolicyFile;
import dev.daypass.custody.LoginSealingKey;
import dev.daypass.fleet.HostDirectory;
import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.issuance.CertificateIssuance;
import dev.daypass.issuance.CertificateRelease;
import dev.daypass.issuance.CertificateRequest;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.issuance.KeyScreen;
import dev.daypass.issuance.LoginUse;
import dev.daypass.issuance.RequestContext;
import dev.daypass.issuance.Witnessing;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.login.outcome.BindOutcome;
import dev.daypass.login.outcome.CallbackOutcome;
import dev.daypass.login.outcome.ConsentOutcome;
import dev.daypass.login.outcome.ConsentPage;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.login.outcome.PollOutcome;
import dev.daypass.login.outcome.PollState;
import dev.daypass.login.outcome.SignInOutcome;
import dev.daypass.login.outcome.Standing;
import dev.daypass.login.outcome.StartOutcome;
import dev.daypass.policy.Policy;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.request.RawRequest;
import dev.daypass.policy.request.RequestReader;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteIdentityRegistry;
import dev.daypass.store.SqliteLoginStore;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Logins over a real SQLite store, a real ledger and real issuance, with an identity provider in
 * memory and a clock that stands until a test moves it.
 */
@SuppressWarnings("try") // an interrupted close fails the test, which is what it should do
public final class LoginScenario implements AutoCloseable {
  public static final Visitor TERMINAL = visitor("192.0.2.7");
  public static final Visitor BROWSER = visitor("192.0.2.7");
  public static final Identity ALICE = person("alice", "dba");
  public static final Identity BOB = person("bob", "dba");
  static final int PORT = 40_000;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String POLICY =
      """
      roles:
        debug:
          accounts: [db-debug]
          ttl: { default: 30m, max: 1h }
          allow: [{ when: '"dba" in identity.groups' }]
        strict:
          accounts: [db-debug]
          ttl: { default: 30m, max: 1h }
          idp-grace: off
          allow: [{ when: '"dba" in identity.groups' }]
        recent:
          accounts: [db-debug]
          ttl: { default: 30m, max: 1h }
          max-auth-age: 10m
          allow: [{ when: '"dba" in identity.groups' }]
        aged:
          accounts: [db-debug]
          ttl: { default: 30m, max: 1h }
          allow: [{ when: 'identity.auth_age < duration("10m")' }]
      """;

  final TestLedger ledger;
  final FakeSignInProviders idp = new FakeSignInProviders();
  final SshPublicKey key = newKey();
  final Set<Fingerprint> ownKeys = new HashSet<>();
  final LoginSecret helper = LoginSecret.random(RANDOM);
  private final Path folder;
  private final LoginRules rules;
  private final RefusalLog refusals;
  private SqliteDatabase database;
  SqliteLoginStore store;
  LoginDesk desk;
  CertificateIssuance issuance;

  /** Runs between a certificate's signature and its release. */
  Runnable beforeRelease = () -> {};

  public LoginScenario(Path folder) throws Exception {
    this(folder, LoginRules.DEFAULTS);
  }

  LoginScenario(Path folder, LoginRules rules) throws Exception {
    this.folder = folder;
    this.rules = rules;
    ledger = TestLedger.over(new InMemoryLedgerStore());
    refusals = new RefusalLog(ledger.ledger(), ledger.clock()::now, () -> false);
    start();
  }

  /** The process ends at this moment, and another begins on what is durable. */
  void crash() throws Exception {
    database.close();
    start();
  }

  private void start() throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    store = new SqliteLoginStore(database, LoginScenario::fatal);
    var registry = new SqliteIdentityRegistry(database, LoginScenario::fatal);
    KeyScreen screen = new KeyScreen(() -> ownKeys, Set::of, _ -> false);
    desk =
        new LoginParts(
                store,
                LoginSealingKey.open(folder.resolve("logins"), RANDOM),
                idp,
                registry,
                ledger.ledger(),
                refusals,
                screen::refusal,
                rules,
                ledger.clock()::now,
                RANDOM)
            .assemble();
    Policy policy = policy();
    issuance =
        new CertificateIssuance(
            () -> policy,
            registry,
            new RequestReader(HostDirectory.of(List.of())::find),
            screen,
            new CertificateRelease(
                ledger.ledger(),
                ledger.signer(),
                Duration.ofHours(24),
                RANDOM,
                login -> {
                  beforeRelease.run();
                  return desk.isOpen(login);
                },
                Optional::empty,
                Witnessing.NONE),
            refusals,
            ledger.clock()::now);
  }

  StartRequest loopback() {
    return new StartRequest(
        "laptop",
        LoginMode.LOOPBACK,
        OptionalInt.of(PORT),
        Optional.of(helper.sha256()),
        Optional.empty());
  }

  StartRequest device() {
    return new StartRequest(
        "laptop",
        LoginMode.DEVICE,
        OptionalInt.empty(),
        Optional.of(helper.sha256()),
        Optional.empty());
  }

  StartOutcome.Started started(StartRequest request) {
    return started(key, request);
  }

  StartOutcome.Started started(SshPublicKey by, StartRequest request) {
    return (StartOutcome.Started) desk.start(by, request, TERMINAL);
  }

  /** The browser goes to the identity provider. */
  LoginSecret sentToSignIn(LoginId id) {
    return ((SignInOutcome.Redirect) desk.signIn(id, FakeSignInProviders.NAME)).browser();
  }

  /** The browser comes back, with what the provider was told. */
  CallbackOutcome comesBack(LoginSecret browser, Visitor from) {
    return desk.callback(
        FakeSignInProviders.NAME, callbackParameters(), Optional.of(browser), from);
  }

  Map<String, List<String>> callbackParameters() {
    return Map.of("state", List.of(idp.lastSecrets().state()), "code", List.of("good"));
  }

  /** A browser that shows the consent page to this identity. */
  Page signedIn(LoginId id, Identity identity) {
    idp.signsIn(identity);
    LoginSecret first = sentToSignIn(id);
    CallbackOutcome back = comesBack(first, BROWSER);
    assertThat(back).isInstanceOf(CallbackOutcome.ConsentNeeded.class);
    LoginSecret browser = ((CallbackOutcome.ConsentNeeded) back).browser();
    return new Page(id, browser, (ConsentPage.View) desk.consentPage(id, browser));
  }

  /** A browser at the consent page. */
  record Page(LoginId id, LoginSecret browser, ConsentPage.View view) {}

  ConsentOutcome answers(Page page, boolean allowed, Optional<String> code) {
    return desk.consent(
        page.id(), page.browser(), page.view().csrf().text(), allowed, code, BROWSER);
  }

  /** The proof that the browser carries to the terminal. */
  LoginSecret agreed(LoginId id, Identity identity) {
    return ((ConsentOutcome.Finish) answers(signedIn(id, identity), true, Optional.empty()))
        .proof();
  }

  BindOutcome bind(StartOutcome.Started started, Optional<LoginSecret> proof) {
    return bind(started, proof, key);
  }

  BindOutcome bind(StartOutcome.Started started, Optional<LoginSecret> proof, SshPublicKey by) {
    return desk.bind(started.id(), started.poll(), proof, helper, by, TERMINAL);
  }

  /** A whole login in loopback mode. */
  public LoginView login(Identity identity) {
    return login(key, identity);
  }

  public LoginView login(SshPublicKey by, Identity identity) {
    StartOutcome.Started started = started(by, loopback());
    LoginSecret proof = agreed(started.id(), identity);
    return ((BindOutcome.Bound) bind(started, Optional.of(proof), by)).login();
  }

  /** Asks for a certificate by the key's login. */
  public IssuanceOutcome ask(String role) {
    Standing.Known known = (Standing.Known) desk.standing(key);
    LoginUse use = new LoginUse(known.login(), known.unreachableSince(), known.lastCheck());
    return issuance.issue(
        known.identity(),
        new CertificateRequest(Optional.empty(), RawRequest.of(role)),
        new RequestContext(
            key,
            Optional.of(TERMINAL.address()),
            "request-2",
            Optional.empty(),
            Bytes.EMPTY.sha256(),
            Optional.of(use)));
  }

  EntryNumber issued(String role) {
    return ((IssuanceOutcome.Issued) ask(role)).receipt().number();
  }

  /** The details of all entries of that kind, the oldest first. */
  public List<JsonObject> entries(EntryKind kind) throws Exception {
    List<JsonObject> details = new ArrayList<>();
    var search = EntrySearch.of(Optional.of(kind), SearchKeys.NONE, 1000);
    for (EntryNumber number : ledger.ledger().search(search).reversed()) {
      details.add(CanonicalJson.decodeObject(ledger.ledger().details(number).orElseThrow()));
    }
    return details;
  }

  /** As it is now: a crash makes another. */
  public LoginDesk desk() {
    return desk;
  }

  /** Whether the ledger finds no space. */
  public void ledgerIsFull(boolean state) {
    ledger.store().full(state);
  }

  void pass(Duration time) {
    ledger.clock().pass(time);
  }

  static String code(Object outcome) {
    return switch (outcome) {
      case LoginRefused refused -> refused.code();
      case Standing.Ended(_, LoginRefused refused) -> refused.code();
      default -> outcome.toString();
    };
  }

  static Visitor visitor(String address) {
    return new Visitor(IpAddress.parse(address).orElseThrow(), "request-1");
  }

  public static SshPublicKey newKey() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }

  static Identity person(String name, String... groups) {
    return new Identity(
        new IdentityId("https://idp.example.com", name),
        FakeSignInProviders.NAME,
        true,
        IdentityKind.PERSON,
        new Username(name + "@example.com"),
        Email.parse(name + "@example.com"),
        Optional.of(new Account(name)),
        Set.of(groups),
        Map.of("level", 3L, "ratio", 0.5, "teams", List.of("a", "b")),
        Optional.empty(),
        List.of("pwd"),
        false,
        "loopback");
  }

  @Override
  public void close() {
    try {
      ledger.checkInvariants();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      ledger.close();
      database.close();
    }
  }

  private static Policy policy() throws Exception {
    Path file = Files.createTempFile("policy", ".yaml");
    try {
      Files.writeString(file, POLICY);
      return PolicyFile.read(file, Set.of(FakeSignInProviders.NAME)).policy();
    } finally {
      Files.delete(file);
    }
  }

  private static void fatal(Object why, Throwable cause) {
    throw new AssertionError(String.valueOf(why), cause);
  }

  /** Where a login that was started stands, as its helper is told. */
  PollState state(StartOutcome.Started started) {
    return ((PollOutcome.Known) desk.state(started.id(), started.poll())).state();
  }

  /** The first code of each refusal that is an entry, in their order. */
  List<String> refusals() throws Exception {
    return entries(EntryKind.REQUESTS_REFUSED).stream().map(LoginScenario::reasonCode).toList();
  }

  private static String reasonCode(JsonObject refusal) {
    JsonArray reasons = (JsonArray) refusal.value("reasons").orElseThrow();
    return ((JsonObject) reasons.values().getFirst()).text("code").orElseThrow();
  }
}
