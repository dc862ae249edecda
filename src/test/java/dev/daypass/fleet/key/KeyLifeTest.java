package dev.daypass.fleet.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.policy.host.HostName;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KeyLifeTest {
  private KeyScenario scenario;

  @BeforeEach
  void start() throws Exception {
    scenario = new KeyScenario();
  }

  @AfterEach
  void stop() {
    scenario.test.close();
  }

  @Test
  void aKeyGoesThroughAllItsStages() throws Exception {
    SshPublicKey next = scenario.next();
    assertThat(scenario.stage(next)).isEqualTo(KeyStage.NEXT);
    scenario.publish(List.of(scenario.userCa, next), List.of(scenario.hostCa));
    assertThat(activate(next)).isEmpty();
    assertThat(scenario.stage(next)).isEqualTo(KeyStage.ACTIVE);
    assertThat(scenario.stage(scenario.userCa)).isEqualTo(KeyStage.RETIRING);
    assertThat(newest())
        .contains("\"by\":\"anna\"", "\"replaces\":\"" + scenario.userCa.fingerprint() + "\"");
    assertThat(retire(scenario.userCa, false, KeyScenario.ANNA)).isEmpty();
    assertThat(scenario.stage(scenario.userCa)).isEqualTo(KeyStage.RETIRED);
    assertThat(scenario.stage(scenario.hostCa)).as("of another use").isEqualTo(KeyStage.ACTIVE);
  }

  @Test
  void addsOnlyWhatIsConfiguredAndNew() throws Exception {
    assertThat(add(KeyUse.USER_CA, Optional.empty()))
        .contains("keys.user-ca names no key that the ledger does not know");
    assertThat(add(KeyUse.USER_CA, Optional.of(scenario.userCa.fingerprint())))
        .contains(
            "keys.user-ca names no %s key that the ledger does not know"
                .formatted(scenario.userCa.fingerprint()));
  }

  @Test
  void addsOneOfSeveralOnlyByItsName() throws Exception {
    SshPublicKey one = KeyScenario.key();
    SshPublicKey two = KeyScenario.key();
    scenario.userCas.addAll(List.of(one, two));
    assertThat(add(KeyUse.USER_CA, Optional.empty()).orElseThrow())
        .contains("there are several new keys: ", one.fingerprint() + ", " + two.fingerprint());
    assertThat(add(KeyUse.USER_CA, Optional.of(two.fingerprint()))).isEmpty();
    assertThat(scenario.book.find(one.fingerprint())).isEmpty();
    assertThat(scenario.stage(two)).isEqualTo(KeyStage.NEXT);
  }

  @Test
  void saysOfAnImportedKeyThatItIs() throws Exception {
    scenario.hostCas.add(KeyScenario.key());
    scenario.life.add(KeyUse.HOST_CA, Optional.empty(), true, KeyScenario.ANNA);
    assertThat(newest()).contains("\"origin\":\"imported\"", "\"use\":\"host-ca\"");
  }

  @Test
  void refusesAKeyWithTwoUses() throws Exception {
    scenario.userCas.add(scenario.channel);
    assertThat(add(KeyUse.USER_CA, Optional.empty()))
        .contains("the trust bundle names it as channel: one key would have two uses");
  }

  @Test
  void activatesNoKeyThatNoBundleNames() throws Exception {
    SshPublicKey next = scenario.next();
    String why = "the published trust bundle does not name it, so no server trusts it";
    assertThat(activate(next)).contains(why);
    assertThat(activate(next, KeyScenario.ANNA_INSISTS)).contains(why);
    scenario.publish(List.of(scenario.userCa, next), List.of(scenario.hostCa));
    scenario.publish(List.of(scenario.userCa), List.of(scenario.hostCa));
    assertThat(activate(next)).as("the newest counts").contains(why);
  }

  @Test
  void activatesNoKeyThatServersDoNotHaveUnlessSomebodyInsists() throws Exception {
    SshPublicKey next = named();
    for (int i = 1; i <= 6; i++) {
      scenario.without.add(host("db-" + i));
    }
    assertThat(activate(next))
        .contains(
            "6 of the servers that joined have not said that they have trust bundle 2: db-1, db-2,"
                + " db-3, db-4, db-5 and 1 more");
    assertThat(scenario.stage(next)).isEqualTo(KeyStage.NEXT);
    assertThat(activate(next, KeyScenario.ANNA_INSISTS)).isEmpty();
    assertThat(newest())
        .contains(
            "\"reason\":\"it burns\"", "\"forced\":\"db-1, db-2, db-3, db-4, db-5 and 1 more");
  }

  @Test
  void countsFromTheFirstBundleThatNamesTheKeyWithoutABreak() throws Exception {
    SshPublicKey next = scenario.next();
    List<SshPublicKey> both = List.of(scenario.userCa, next);
    scenario.publish(both, List.of(scenario.hostCa));
    scenario.publish(List.of(scenario.userCa), List.of(scenario.hostCa));
    scenario.publish(both, List.of(scenario.hostCa));
    scenario.publish(both, List.of(scenario.hostCa));
    assertThat(scenario.life.namedSince(staged(next))).contains(4L);
    assertThat(scenario.life.namedSince(staged(scenario.userCa))).contains(1L);
  }

  @Test
  void peopleHaveALoginsTimeToLearnOfAHostCaKey() throws Exception {
    SshPublicKey next = KeyScenario.key();
    scenario.hostCas.add(next);
    assertThat(add(KeyUse.HOST_CA, Optional.empty())).isEmpty();
    scenario.publish(List.of(scenario.userCa), List.of(scenario.hostCa, next));
    scenario.published = Optional.of(KeyScenario.NOW.minus(Duration.ofHours(9)));
    assertThat(activate(next).orElseThrow())
        .contains("some may not know it before 2026-11-21T13:00:00Z");
    scenario.published = Optional.of(KeyScenario.NOW.minus(Duration.ofHours(10)));
    assertThat(activate(next)).isEmpty();
  }

  @Test
  void activatesNoKeyThatIsNotHeldAnyMore() throws Exception {
    SshPublicKey next = named();
    scenario.userCas.remove(next);
    assertThat(activate(next))
        .contains("keys.user-ca does not name it any more, so it cannot sign");
  }

  @Test
  void aRetiringKeyMaySignAgain() throws Exception {
    SshPublicKey next = named();
    assertThat(activate(next)).isEmpty();
    assertThat(activate(scenario.userCa)).isEmpty();
    assertThat(scenario.stage(next)).isEqualTo(KeyStage.RETIRING);
  }

  @Test
  void activatesNothingTwiceAndNothingRetired() throws Exception {
    SshPublicKey next = named();
    assertThat(activate(scenario.userCa).orElseThrow()).startsWith("it is active since ");
    assertThat(retire(next, false, KeyScenario.ANNA)).isEmpty();
    assertThat(activate(next).orElseThrow()).startsWith("it is retired since ");
    Fingerprint stranger = KeyScenario.key().fingerprint();
    assertThat(refusal(scenario.life.activate(stranger, KeyScenario.ANNA)))
        .contains("the ledger knows no key " + stranger);
  }

  @Test
  void retiresNoActiveKey() throws Exception {
    assertThat(retire(scenario.userCa, true, KeyScenario.ANNA_INSISTS))
        .contains("it is the active key for user-ca");
    assertThat(scenario.revoked).isEmpty();
  }

  @Test
  void retiresNoKeyWhoseCertificatesLiveUnlessSomebodyInsists() throws Exception {
    activate(named());
    scenario.living = 3;
    assertThat(retire(scenario.userCa, false, KeyScenario.ANNA))
        .contains("3 certificates are alive that stand or fall with it");
    assertThat(retire(scenario.userCa, false, KeyScenario.ANNA_INSISTS)).isEmpty();
    assertThat(newest()).contains("\"living\":3", "\"reason\":\"it burns\"");
    assertThat(scenario.revoked).isEmpty();
  }

  @Test
  void revokesWhereAsked() throws Exception {
    activate(named());
    scenario.living = 3;
    assertThat(retire(scenario.userCa, true, KeyScenario.ANNA_INSISTS)).isEmpty();
    assertThat(scenario.revoked).containsExactly(scenario.userCa.fingerprint());
    long size = scenario.test.ledger().size().value();
    assertThat(retire(scenario.userCa, true, KeyScenario.ANNA_INSISTS))
        .contains("it is retired, but not revoked: twice");
    assertThat(scenario.test.ledger().size().value()).as("retired once").isEqualTo(size);
  }

  @Test
  void revokesNoLedgerKey() throws Exception {
    Fingerprint elder = scenario.ledgerKey.fingerprint();
    scenario.write(EntryKind.CA_KEY_ADDED, KeyUse.LEDGER, scenario.channel);
    scenario.write(EntryKind.CA_KEY_ACTIVATED, KeyUse.LEDGER, scenario.channel);
    assertThat(refusal(scenario.life.retire(elder, true, KeyScenario.ANNA_INSISTS)))
        .contains("a ledger key is in no list of revoked keys");
  }

  private SshPublicKey named() throws Exception {
    SshPublicKey next = scenario.next();
    scenario.publish(List.of(scenario.userCa, next), List.of(scenario.hostCa));
    return next;
  }

  private Optional<String> add(KeyUse use, Optional<Fingerprint> wanted) throws Exception {
    return refusal(scenario.life.add(use, wanted, false, KeyScenario.ANNA));
  }

  private Optional<String> activate(SshPublicKey key) throws Exception {
    return activate(key, KeyScenario.ANNA);
  }

  private Optional<String> activate(SshPublicKey key, KeyLife.Asker asker) throws Exception {
    return refusal(scenario.life.activate(key.fingerprint(), asker));
  }

  private Optional<String> retire(SshPublicKey key, boolean revoke, KeyLife.Asker asker)
      throws Exception {
    return refusal(scenario.life.retire(key.fingerprint(), revoke, asker));
  }

  private static Optional<String> refusal(KeyOutcome outcome) {
    return switch (outcome) {
      case KeyOutcome.Changed _ -> Optional.empty();
      case KeyOutcome.Refused(String why, String remedy) -> {
        assertThat(remedy).isNotBlank();
        yield Optional.of(why);
      }
    };
  }

  private StagedKey staged(SshPublicKey key) {
    return scenario.book.find(key.fingerprint()).orElseThrow();
  }

  /** The details of the newest entry. */
  private String newest() throws Exception {
    Ledger ledger = scenario.test.ledger();
    EntryNumber number = new EntryNumber(ledger.size().value() - 1);
    JsonObject details = CanonicalJson.decodeObject(ledger.details(number).orElseThrow());
    return CanonicalJson.encode(details).utf8();
  }

  private static HostName host(String name) {
    return HostName.parse(name).orElseThrow();
  }
}
