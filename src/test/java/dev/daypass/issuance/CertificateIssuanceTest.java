package dev.daypass.issuance;

import static dev.daypass.issuance.IssuanceScenario.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.Principal;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Registration;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.policy.request.RawRequest;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CertificateIssuanceTest {
  private static final Identity ALICE = person("alice", "dba");

  private IssuanceScenario scenario;

  @BeforeEach
  void open() throws Exception {
    scenario = new IssuanceScenario();
  }

  @AfterEach
  void checkInvariants() throws Exception {
    scenario.ledger.checkInvariants();
    scenario.close();
  }

  @Test
  void issuesWhatPolicyGrants() throws Exception {
    IssuanceOutcome.Issued issued = issued(scenario.ask(ALICE, "debug"));

    Certificate certificate = issued.certificate();
    assertThat(certificate.signatureVerifies()).isTrue();
    assertThat(certificate.content().principals()).containsExactly(new Principal("daypass:debug"));
    assertThat(certificate.content().keyId().text()).isEqualTo("alice@example.com role=debug");
    assertThat(certificate.content().publicKey()).isEqualTo(scenario.key);
    assertThat(certificate.content().proof()).contains(issued.receipt().proofText());
    assertThat(entry(issued.receipt().number()).kind()).isEqualTo(EntryKind.CERTIFICATE_GRANTED);
  }

  @Test
  void theSerialIsTheEntryNumberAndTheEntryCommitsToTheCertificate() throws Exception {
    IssuanceOutcome.Issued issued = issued(scenario.ask(ALICE, "debug"));

    EntryNumber number = issued.receipt().number();
    assertThat(issued.certificate().content().serial()).hasToString(number.toString());
    assertThat(entry(number).commitSsh()).contains(issued.certificate().content().commitment());
  }

  @Test
  void detailsTellWhoWhatAndWhy() throws Exception {
    IssuanceOutcome.Issued issued = issued(scenario.ask(ALICE, "debug"));

    JsonObject details = details(issued.receipt().number());
    assertThat(details.object("identity").orElseThrow().text("subject")).contains("alice");
    assertThat(details.text("role")).contains("debug");
    assertThat(details.text("rule")).contains(issued.decision().rule());
    assertThat(details.text("key")).contains(scenario.key.line());
    assertThat(details.text("address")).contains("192.0.2.7");
    assertThat(details.text("certificate_nonce"))
        .contains(issued.certificate().content().nonce().base64Url());
  }

  @Test
  void refusesWhatPolicyRefusesAndWritesItDown() throws Exception {
    IssuanceOutcome.Refused refused = refused(scenario.ask(person("bob"), "debug"));

    assertThat(refused.kind()).isEqualTo(RefusalKind.FORBIDDEN);
    assertThat(refused.reasons()).extracting(Reason::code).containsExactly("no_rule_matched");
    assertThat(entry(refused.entry().orElseThrow()).kind()).isEqualTo(EntryKind.REQUESTS_REFUSED);
  }

  @Test
  void refusesAMalformedRole() {
    IssuanceOutcome.Refused refused = refused(scenario.ask(ALICE, "debug,root"));

    assertThat(refused.kind()).isEqualTo(RefusalKind.MALFORMED);
    assertThat(refused.reasons()).extracting(Reason::code).containsExactly("role_malformed");
    assertThat(refused.entry()).isPresent();
  }

  @Test
  void refusesAKeyThatDidNotSign() {
    String other = TestKeys.of(SshKeyType.ECDSA_P256).publicKey().line();

    IssuanceOutcome outcome =
        scenario.issuance.issue(
            ALICE,
            new CertificateRequest(Optional.of(other), RawRequest.of("debug")),
            scenario.context(Optional.empty(), "body"));

    assertThat(refused(outcome).reasons())
        .extracting(Reason::code)
        .containsExactly("signature_invalid");
  }

  @Test
  void refusesTheAuthoritysOwnKeys() {
    scenario.ownKeys.add(scenario.key.fingerprint());

    IssuanceOutcome.Refused refused = refused(scenario.ask(ALICE, "debug"));

    assertThat(refused.kind()).isEqualTo(RefusalKind.MALFORMED);
    assertThat(refused.reasons()).extracting(Reason::code).containsExactly("key_reserved");
  }

  @Test
  void refusesABlockedKey() {
    scenario.blocked.add(scenario.key.fingerprint());

    IssuanceOutcome.Refused refused = refused(scenario.ask(ALICE, "debug"));

    assertThat(refused.kind()).isEqualTo(RefusalKind.FORBIDDEN);
    assertThat(refused.reasons()).extracting(Reason::code).containsExactly("key_blocked");
  }

  @Test
  void refusesAKeyThatWasRevoked() {
    scenario.revoked.add(scenario.key.fingerprint());

    IssuanceOutcome.Refused refused = refused(scenario.ask(ALICE, "debug"));

    assertThat(refused.kind()).isEqualTo(RefusalKind.FORBIDDEN);
    assertThat(refused.reasons()).extracting(Reason::code).containsExactly("key_revoked");
  }

  @Test
  void refusesAUsernameThatAnotherIdentityHas() {
    issued(scenario.ask(ALICE, "debug"));
    Identity impostor =
        new Identity(
            new IdentityId("https://other.example.com", "alice"),
            "okta",
            true,
            ALICE.kind(),
            ALICE.username(),
            ALICE.verifiedEmail(),
            Optional.empty(),
            ALICE.groups(),
            ALICE.claims(),
            Optional.empty(),
            List.of(),
            false,
            "bearer");

    assertThat(refused(scenario.ask(impostor, "debug")).reasons())
        .extracting(Reason::code)
        .containsExactly("username_taken");
  }

  @Test
  void grantsNothingWhileItCannotTellWhoseANameIs() throws Exception {
    TreeSize before = scenario.ledger.ledger().size();
    scenario.registry.broken = true;

    assertThat(scenario.ask(ALICE, "debug")).isInstanceOf(IssuanceOutcome.Unavailable.class);
    assertThat(scenario.ledger.ledger().size()).isEqualTo(before);

    scenario.registry.broken = false;
    issued(scenario.ask(ALICE, "debug"));
  }

  @Test
  void anAnswerOfABrokenRegistryIsNotRememberedUnderItsIdempotencyKey() {
    scenario.registry.broken = true;
    scenario.ask(ALICE, "debug", Optional.of("k1"), "body");
    scenario.registry.broken = false;

    issued(scenario.ask(ALICE, "debug", Optional.of("k1"), "body"));
  }

  @Test
  void whoIsRefusedTakesNoName() {
    refused(scenario.ask(person("mallory"), "debug"));

    assertThat(scenario.registry.register(person("mallory")))
        .isEqualTo(new Registration.Accepted());
  }

  @Test
  void answersTheSameForTheSameIdempotencyKey() {
    IssuanceOutcome first = scenario.ask(ALICE, "debug", Optional.of("k1"), "body");

    assertThat(scenario.ask(ALICE, "debug", Optional.of("k1"), "body")).isSameAs(first);
    assertThat(scenario.ask(ALICE, "debug", Optional.of("k2"), "body")).isNotEqualTo(first);
  }

  @Test
  void refusesAnotherBodyUnderTheSameIdempotencyKey() {
    issued(scenario.ask(ALICE, "debug", Optional.of("k1"), "body"));

    assertThat(refused(scenario.ask(ALICE, "debug", Optional.of("k1"), "other")).kind())
        .isEqualTo(RefusalKind.IDEMPOTENCY_MISMATCH);
  }

  @Test
  void anIdempotencyKeyBelongsToItsIdentity() {
    issued(scenario.ask(ALICE, "debug", Optional.of("k1"), "body"));

    issued(scenario.ask(person("carol", "dba"), "debug", Optional.of("k1"), "other"));
  }

  @Test
  void namesTheEntryOfAGrantThatARestartForgot() throws Exception {
    IssuanceOutcome.Issued first = issued(scenario.ask(ALICE, "debug", Optional.of("k1"), "body"));
    scenario.issuance = scenario.newIssuance();

    assertThat(scenario.ask(ALICE, "debug", Optional.of("k1"), "body"))
        .isEqualTo(new IssuanceOutcome.AlreadyGranted(first.receipt().number()));
  }

  @Test
  void refusesAnotherBodyEvenIfARestartForgotTheFirst() throws Exception {
    issued(scenario.ask(ALICE, "debug", Optional.of("k1"), "body"));
    scenario.issuance = scenario.newIssuance();

    assertThat(refused(scenario.ask(ALICE, "debug", Optional.of("k1"), "other")).kind())
        .isEqualTo(RefusalKind.IDEMPOTENCY_MISMATCH);
  }

  @Test
  void parallelRequestsOfOneIdempotencyKeyBecomeOneCertificate() throws Exception {
    List<Callable<IssuanceOutcome>> tasks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      tasks.add(() -> scenario.ask(ALICE, "debug", Optional.of("k1"), "body"));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<IssuanceOutcome> outcomes = new ArrayList<>();
      for (Future<IssuanceOutcome> outcome : threads.invokeAll(tasks)) {
        outcomes.add(outcome.get());
      }
      assertThat(outcomes).hasSize(16).containsOnly(outcomes.getFirst());
    }
  }

  @Test
  void releasesNothingWhileTheLedgerTakesNoEntry() {
    scenario.ledger.clock().jump(Duration.ofMinutes(-10));

    assertThat(scenario.ask(ALICE, "debug")).isInstanceOf(IssuanceOutcome.Unavailable.class);
    scenario.ledger.clock().jump(Duration.ofMinutes(10));
  }

  @Test
  void aRefusalWithEndlessReasonsStillGetsItsEntry() throws Exception {
    Reason endless = new Reason("because", "\ud83d\udd12".repeat(40_000), "");

    EntryNumber number =
        scenario
            .refusals
            .record(
                ALICE,
                scenario.context(Optional.empty(), "body").asker(),
                Collections.nCopies(1_000, endless))
            .orElseThrow();

    assertThat(entry(number).kind()).isEqualTo(EntryKind.REQUESTS_REFUSED);
  }

  @Test
  void anUnavailableLedgerIsNotRememberedAsTheAnswer() {
    scenario.ledger.clock().jump(Duration.ofMinutes(-10));
    assertThat(scenario.ask(ALICE, "debug", Optional.of("k1"), "body"))
        .isInstanceOf(IssuanceOutcome.Unavailable.class);
    scenario.ledger.clock().jump(Duration.ofMinutes(10));

    assertThat(scenario.ask(ALICE, "debug", Optional.of("k1"), "body"))
        .isNotInstanceOf(IssuanceOutcome.AlreadyGranted.class);
  }

  private static IssuanceOutcome.Issued issued(IssuanceOutcome outcome) {
    assertThat(outcome).isInstanceOf(IssuanceOutcome.Issued.class);
    return (IssuanceOutcome.Issued) outcome;
  }

  private static IssuanceOutcome.Refused refused(IssuanceOutcome outcome) {
    assertThat(outcome).isInstanceOf(IssuanceOutcome.Refused.class);
    return (IssuanceOutcome.Refused) outcome;
  }

  private Entry entry(EntryNumber number) throws Exception {
    return scenario.ledger.ledger().entry(number).orElseThrow();
  }

  private JsonObject details(EntryNumber number) throws Exception {
    return (JsonObject)
        CanonicalJson.decode(scenario.ledger.ledger().details(number).orElseThrow());
  }
}
