package dev.daypass.revocation.publish;

import static dev.daypass.revocation.RevocationScenario.ALICES_KEY;
import static dev.daypass.revocation.RevocationScenario.BOBS_KEY;
import static dev.daypass.revocation.RevocationScenario.HOST_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.krl.KeyRevocationList;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.revocation.RevocationDetails;
import dev.daypass.revocation.RevocationScenario;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KrlPublisherTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ChannelSigner CHANNEL = new ChannelSigner(TestKeys.of(SshKeyType.ED25519));

  private final InMemoryKrlStore file = new InMemoryKrlStore();
  private KrlShelf shelf = new KrlShelf();
  private RevocationScenario scene;
  private KrlPublisher publisher;
  private EntryNumber alices;
  private EntryNumber bobs;

  @BeforeEach
  void open() throws Exception {
    scene = new RevocationScenario();
    alices = scene.granted("alice", "db", ALICES_KEY);
    bobs = scene.granted("bob", "web", BOBS_KEY);
    publisher = publisher();
  }

  @AfterEach
  void checkTheLedger() throws Exception {
    scene.test().checkInvariants();
    scene.close();
  }

  @Test
  void anEmptyListIsAListToo() throws Exception {
    publisher.publish();
    PublishedKrl empty = newest();
    assertThat(empty.list().size()).as("never 0 bytes").isGreaterThan(40);
    assertThat(decoded().certificates()).isEmpty();
    assertThat(decoded().keys()).isEmpty();
  }

  @Test
  void theVersionIsTheLedgersSizeAndTheEntrySaysSo() throws Exception {
    long size = scene.test().ledger().size().value();
    publisher.publish();
    assertThat(newest().version()).isEqualTo(size);
    EntryNumber entry = scene.entries(EntryKind.KRL_PUBLISHED).getLast();
    assertThat(scene.test().ledger().entry(entry).orElseThrow().publicPart())
        .contains(PublicPart.published(size, newest().list().sha256()));
  }

  @Test
  void revokesWhatIsRevokedAndNothingElse() throws Exception {
    EntryNumber host = scene.hostGranted("db-1", HOST_KEY);
    revoke(alices, host);
    publisher.publish();
    KeyRevocationList list = decoded();
    assertThat(list.revokes(scene.certificate(alices))).isTrue();
    assertThat(list.revokes(scene.certificate(host))).isTrue();
    assertThat(list.revokes(scene.certificate(bobs))).isFalse();
    assertThat(list.certificates()).hasSize(2);
  }

  @Test
  void revokesKeysForGood() throws Exception {
    revokeForGood("key", BOBS_KEY.fingerprint());
    scene.pass(Duration.ofDays(400));
    publisher.publish();
    assertThat(decoded().revokes(BOBS_KEY)).isTrue();
    assertThat(decoded().revokes(scene.certificate(bobs))).isTrue();
    assertThat(decoded().revokes(scene.certificate(alices))).isFalse();
  }

  @Test
  void revokesWithACaKeyAllThatItSigned() throws Exception {
    revokeForGood("ca_key", scene.userCa().fingerprint());
    publisher.publish();
    assertThat(decoded().revokes(scene.certificate(alices))).isTrue();
    assertThat(decoded().revokes(scene.certificate(scene.hostGranted("db-1", HOST_KEY)))).isFalse();
  }

  /** CASES 63. */
  @Test
  void aListThatShrinksStillRises() throws Exception {
    revoke(alices);
    publisher.publish();
    PublishedKrl full = newest();
    scene.pass(RevocationScenario.LIFE.plusMinutes(14));
    publisher.publish();
    assertThat(decoded().revokes(scene.certificate(alices)))
        .as("a server's clock may be behind")
        .isTrue();
    scene.pass(Duration.ofMinutes(2));
    publisher.publish();
    assertThat(decoded().certificates()).isEmpty();
    assertThat(newest().list().size()).isLessThan(full.list().size());
    assertThat(newest().version()).isGreaterThan(full.version());
  }

  @Test
  void isDueWhenSomethingIsRevokedAndWhenItIsOld() throws Exception {
    assertThat(publisher.isDue(HOUR)).as("none was made yet").isTrue();
    publisher.publish();
    assertThat(publisher.isDue(HOUR)).isFalse();
    scene.granted("carol", "web", BOBS_KEY);
    assertThat(publisher.isDue(HOUR)).isFalse();
    revoke(bobs);
    assertThat(publisher.isDue(HOUR)).isTrue();
    publisher.publish();
    scene.pass(HOUR);
    assertThat(publisher.isDue(HOUR)).isTrue();
  }

  @Test
  void takesUpTheLastListUntilItCanMakeOne() throws Exception {
    revoke(alices);
    publisher.publish();
    PublishedKrl last = newest();
    restart();
    assertThat(shelf.newest()).contains(last);
    scene.state().readPast(scene.now());
    publisher.publish();
    assertThat(newest().version()).isGreaterThan(last.version());
    assertThat(decoded().revokes(scene.certificate(alices))).isTrue();
  }

  @Test
  void aCrashBetweenEntryAndFileLeavesTheListBefore() throws Exception {
    publisher.publish();
    PublishedKrl served = newest();
    revoke(alices);
    file.failing(true);
    assertThatIOException().isThrownBy(publisher::publish);
    assertThat(newest()).as("nobody has got the new one").isEqualTo(served);
    file.failing(false);
    restart();
    assertThat(newest()).isEqualTo(served);
    scene.state().readPast(scene.now());
    publisher.publish();
    assertThat(newest().version()).isGreaterThan(served.version() + 1);
    assertThat(decoded().revokes(scene.certificate(alices))).isTrue();
  }

  @Test
  void aFileThatFailsIsTriedAgainWithoutAnotherEntry() throws Exception {
    file.failing(true);
    for (int i = 0; i < 3; i++) {
      assertThatIOException().isThrownBy(publisher::publish);
      assertThat(publisher.isDue(HOUR)).isTrue();
    }
    file.failing(false);
    publisher.publish();
    assertThat(scene.entries(EntryKind.KRL_PUBLISHED)).hasSize(1);
    assertThat(publisher.isDue(HOUR)).isFalse();
  }

  @Test
  void whatIsRevokedMeanwhileIsNotLeftOutOfIt() throws Exception {
    file.failing(true);
    assertThatIOException().isThrownBy(publisher::publish);
    revoke(alices);
    file.failing(false);
    publisher.publish();
    assertThat(decoded().revokes(scene.certificate(alices))).isTrue();
  }

  @Test
  void takesUpNoListThatTheLedgerDoesNotName() throws Exception {
    publisher.publish();
    PublishedKrl first = newest();
    publisher.publish();
    publisher.publish();
    file.write(first.file());
    restart();
    assertThat(shelf.newest()).as("somebody put an old one there").isEmpty();
  }

  @Test
  void aFullStorePublishesNothingAndLosesNothing() throws Exception {
    publisher.publish();
    PublishedKrl served = newest();
    revoke(alices);
    scene.test().store().full(true);
    assertThatThrownBy(publisher::publish).isInstanceOf(LedgerUnavailable.class);
    assertThat(newest()).isEqualTo(served);
    scene.test().store().full(false);
    publisher.publish();
    assertThat(decoded().revokes(scene.certificate(alices))).isTrue();
  }

  private PublishedKrl newest() {
    return shelf.newest().orElseThrow();
  }

  private KeyRevocationList decoded() throws Exception {
    return KeyRevocationList.decode(newest().list());
  }

  private void restart() throws Exception {
    scene.restart();
    shelf = new KrlShelf();
    publisher = publisher();
    publisher.takeUp();
  }

  private KrlPublisher publisher() {
    return new KrlPublisher(scene.test().ledger(), scene.state(), CHANNEL, file, shelf, scene::now);
  }

  private void revoke(EntryNumber... serials) throws Exception {
    JsonObject details =
        JsonObject.builder()
            .put(
                "serials",
                JsonArray.ofTexts(List.of(serials).stream().map(EntryNumber::toString).toList()))
            .build();
    var _ = scene.test().append(Draft.of(EntryKind.REVOCATION_ADDED, details, SearchKeys.NONE));
  }

  private void revokeForGood(String kind, Fingerprint key) throws Exception {
    JsonObject details =
        JsonObject.builder()
            .put("target", kind)
            .put(kind, key.toString())
            .put("why", "leaked")
            .build();
    var _ =
        scene
            .test()
            .append(Draft.of(EntryKind.REVOCATION_ADDED, details, RevocationDetails.standing()));
  }
}
