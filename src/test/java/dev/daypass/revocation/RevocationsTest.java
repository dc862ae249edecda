package dev.daypass.revocation;

import static dev.daypass.revocation.RevocationScenario.ALICES_KEY;
import static dev.daypass.revocation.RevocationScenario.BOBS_KEY;
import static dev.daypass.revocation.RevocationScenario.HOST_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.outcome.LoginFault;
import dev.daypass.login.outcome.LoginRefused;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import dev.daypass.revocation.RevocationOutcome.Done;
import dev.daypass.revocation.RevocationOutcome.Refused;
import dev.daypass.revocation.RevocationScenario.FakeLogins.Open;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RevocationsTest {
  private static final Revoker ROOT = new Revoker.Local("root");
  private static final Identity ALICE = identity("alice");
  private static final Identity MALLORY = identity("mallory");
  private static final LoginId LOGIN = LoginId.parse("AAAAAAAAAAAAAAAAAAAAAA").orElseThrow();

  private RevocationScenario scene;
  private Revocations revocations;
  private EntryNumber alices;
  private EntryNumber bobs;

  @BeforeEach
  void grant() throws Exception {
    scene = new RevocationScenario();
    revocations = scene.revocations();
    alices = scene.granted("alice", "db", ALICES_KEY);
    bobs = scene.granted("bob", "web", BOBS_KEY);
    scene.logins.open.put(LOGIN, new Open("alice", ALICES_KEY.fingerprint(), ALICE.id()));
    scene.logins.bound.put(ALICES_KEY.fingerprint(), ALICE.id());
  }

  @AfterEach
  void checkTheLedger() throws Exception {
    scene.test().checkInvariants();
    scene.close();
  }

  @Test
  void revokesOneCertificate() throws Exception {
    Done done = done(new Target.OfSerial(bobs));
    assertThat(done.certificates()).isEqualTo(1);
    assertThat(done.logins()).isZero();
    JsonObject details = scene.details(done.entry().orElseThrow());
    assertThat(details)
        .isEqualTo(RevocationDetails.of(new Target.OfSerial(bobs), ROOT, "because", List.of(bobs)));
    assertThat(refusal(new Target.OfSerial(bobs)).fault())
        .as("once is enough")
        .isEqualTo(RevocationOutcome.Fault.UNKNOWN);
  }

  @Test
  void revokesWhatIsAliveUnderARole() throws Exception {
    EntryNumber second = scene.granted("alice", "web", ALICES_KEY);
    assertThat(serials(done(new Target.OfRole(new RoleName("web"))))).containsExactly(bobs, second);
    scene.granted("alice", "web", ALICES_KEY);
    assertThat(done(new Target.OfRole(new RoleName("web"))).certificates())
        .as("what came later was not meant then")
        .isEqualTo(1);
  }

  @Test
  void revokesATimeWindow() throws Exception {
    Instant from = scene.now();
    scene.pass(Duration.ofSeconds(5));
    EntryNumber host = scene.hostGranted("db-1", HOST_KEY);
    assertThat(serials(done(new Target.OfWindow(from.plusMillis(1), from.plusSeconds(60)))))
        .containsExactly(host);
  }

  @Test
  void endsAPersonsLoginsBeforeItLooksForCertificates() throws Exception {
    Done done = done(new Target.OfUser(new Username("alice")));
    assertThat(done.logins()).isEqualTo(1);
    assertThat(serials(done)).containsExactly(alices);
    assertThat(scene.logins.enders).containsExactly(new Ender.Operator("root", "because"));
    assertThat(scene.logins.open).isEmpty();
  }

  @Test
  void aKeyIsRevokedForGoodAndItsLoginEnds() throws Exception {
    Done done = done(new Target.OfKey(ALICES_KEY.fingerprint()));
    assertThat(serials(done)).containsExactly(alices);
    assertThat(done.logins()).isEqualTo(1);
    assertThat(scene.state().isKeyRevoked(ALICES_KEY.fingerprint())).isTrue();
    assertThat(scene.restart().isKeyRevoked(ALICES_KEY.fingerprint())).isTrue();
  }

  @Test
  void aKeyThatNobodyUsedIsRevokedAsWell() throws Exception {
    assertThat(done(new Target.OfKey(HOST_KEY.fingerprint())).certificates()).isZero();
    assertThat(scene.state().keys()).containsExactly(HOST_KEY.fingerprint());
  }

  @Test
  void aServerIsRevokedForGood() throws Exception {
    EntryNumber host = scene.hostGranted("db-1", HOST_KEY);
    assertThat(serials(done(new Target.OfHost(new HostName("db-1"))))).containsExactly(host);
    assertThat(scene.state().isHostRevoked(new HostName("db-1"))).isTrue();
  }

  @Test
  void aLoginIsEndedAndWritesItsOwnEntries() {
    assertThat(done(new Target.OfLogin(LOGIN))).isEqualTo(new Done(Optional.empty(), 0, 1));
    assertThat(refusal(new Target.OfLogin(LOGIN)).fault())
        .isEqualTo(RevocationOutcome.Fault.UNKNOWN);
  }

  /** CASES 64. */
  @Test
  void aCaKeyIsRevokedByTheLocalSocketAlone() {
    Target ca = new Target.OfCaKey(scene.userCa().fingerprint());
    assertThat(revocations.revoke(ca, ALICE, true, "because"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.fault()).isEqualTo(RevocationOutcome.Fault.LOCAL_ONLY));
    assertThat(revocations.revoke(new Target.OfKey(scene.userCa().fingerprint()), ROOT, "because"))
        .as("nor by another name")
        .isInstanceOf(Refused.class);
    assertThat(scene.state().keys()).isEmpty();
    assertThat(done(ca).certificates()).isEqualTo(2);
    assertThat(scene.state().keys()).containsExactly(scene.userCa().fingerprint());
  }

  @Test
  void takesNoOtherKeyForACaKey() {
    assertThat(refusal(new Target.OfCaKey(BOBS_KEY.fingerprint())).detail())
        .contains("No CA key of this authority");
  }

  /** CASES 65. */
  @Test
  void peopleRevokeTheirOwnLoginsAndKeysOnly() throws Exception {
    for (Target target :
        List.of(
            new Target.OfLogin(LOGIN),
            new Target.OfKey(ALICES_KEY.fingerprint()),
            new Target.OfKey(HOST_KEY.fingerprint()),
            new Target.OfSerial(alices),
            new Target.OfUser(new Username("mallory")),
            new Target.OfRole(new RoleName("db")),
            new Target.OfHost(new HostName("db-1")),
            new Target.OfWindow(Instant.EPOCH, scene.now()))) {
      assertThat(revocations.revoke(target, MALLORY, false, "because"))
          .as("%s", target)
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.fault()).isEqualTo(RevocationOutcome.Fault.NOT_YOURS));
    }
    assertThat(scene.entries(EntryKind.REVOCATION_ADDED)).isEmpty();
    RevocationOutcome own =
        revocations.revoke(new Target.OfKey(ALICES_KEY.fingerprint()), ALICE, false, "leaked");
    JsonObject details = scene.details(((Done) own).entry().orElseThrow());
    assertThat(details.text("cause")).contains("owner");
    assertThat(details.text("by")).contains("alice");
    assertThat(scene.logins.enders).containsExactly(new Ender.Owner(ALICE.id()));
  }

  @Test
  void operatorsRevokeAnybodys() throws Exception {
    Done done =
        (Done) revocations.revoke(new Target.OfSerial(bobs), MALLORY, true, "seen in a paste");
    JsonObject details = scene.details(done.entry().orElseThrow());
    assertThat(details.text("by")).contains("mallory");
    assertThat(details.text("cause")).contains("operator");
  }

  @Test
  void foreseesWithoutDoingAnything() throws Exception {
    assertThat(revocations.foresee(new Target.OfUser(new Username("alice"))))
        .isEqualTo(new Done(Optional.empty(), 1, 1));
    assertThat(scene.entries(EntryKind.REVOCATION_ADDED)).isEmpty();
    assertThat(revocations.foresee(new Target.OfUser(new Username("nobody"))))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\t"})
  void wantsAReason(String why) {
    assertThat(revocations.revoke(new Target.OfSerial(bobs), ROOT, why))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.fault()).isEqualTo(RevocationOutcome.Fault.REASON));
  }

  @Test
  void writesAsManyEntriesAsTheSerialsFill() throws Exception {
    int many = RevocationDetails.MAX_SERIALS + 5;
    for (int i = 0; i < many; i++) {
      scene.granted("carol", "batch", BOBS_KEY);
    }
    assertThat(done(new Target.OfRole(new RoleName("batch"))).certificates()).isEqualTo(many);
    List<EntryNumber> entries = scene.entries(EntryKind.REVOCATION_ADDED);
    assertThat(entries).hasSize(2);
    assertThat(RevocationDetails.serials(scene.details(entries.getLast()))).hasSize(5);
  }

  @Test
  void saysSoIfALoginCannotBeEnded() throws Exception {
    scene.logins.answer =
        Optional.of(new LoginRefused(LoginFault.UNAVAILABLE, "The ledger waits.", "Try again."));
    assertThat(refusal(new Target.OfUser(new Username("alice"))))
        .isEqualTo(
            new Refused(RevocationOutcome.Fault.UNAVAILABLE, "The ledger waits.", "Try again."));
    scene.logins.answer = Optional.empty();
    assertThat(serials(done(new Target.OfUser(new Username("alice"))))).containsExactly(alices);
  }

  @Test
  void aFullStoreRevokesNothingAndSaysSo() throws Exception {
    scene.test().store().full(true);
    assertThat(refusal(new Target.OfSerial(bobs)).fault())
        .isEqualTo(RevocationOutcome.Fault.UNAVAILABLE);
    assertThat(scene.state().alive(scene.now())).isEmpty();
    scene.test().store().full(false);
  }

  private Done done(Target target) {
    RevocationOutcome outcome = revocations.revoke(target, ROOT, "because");
    assertThat(outcome).isInstanceOf(Done.class);
    return (Done) outcome;
  }

  private Refused refusal(Target target) {
    RevocationOutcome outcome = revocations.revoke(target, ROOT, "because");
    assertThat(outcome).isInstanceOf(Refused.class);
    return (Refused) outcome;
  }

  private List<EntryNumber> serials(Done done) throws Exception {
    List<EntryNumber> serials =
        RevocationDetails.serials(scene.details(done.entry().orElseThrow()));
    assertThat(serials).hasSize(done.certificates());
    return serials;
  }

  private static Identity identity(String name) {
    return new Identity(
        new IdentityId("https://idp.example.com", name),
        "okta",
        true,
        IdentityKind.PERSON,
        new Username(name),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        false,
        "bearer");
  }
}
