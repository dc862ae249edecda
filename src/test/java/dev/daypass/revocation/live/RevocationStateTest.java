package dev.daypass.revocation.live;

import static dev.daypass.revocation.RevocationScenario.ALICES_KEY;
import static dev.daypass.revocation.RevocationScenario.BOBS_KEY;
import static dev.daypass.revocation.RevocationScenario.HOST_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.daypass.cert.Serial;
import dev.daypass.identity.Username;
import dev.daypass.krl.RevokedCertificates;
import dev.daypass.krl.SerialRange;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import dev.daypass.revocation.RevocationDetails;
import dev.daypass.revocation.RevocationScenario;
import dev.daypass.revocation.Target;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RevocationStateTest {
  private RevocationScenario scene;
  private EntryNumber alices;
  private EntryNumber alicesOther;
  private EntryNumber bobs;
  private EntryNumber hosts;
  private Instant between;

  @BeforeEach
  void grant() throws Exception {
    scene = new RevocationScenario();
    alices = scene.granted("alice", "db", ALICES_KEY);
    scene.pass(Duration.ofSeconds(10));
    between = scene.now().truncatedTo(ChronoUnit.MILLIS);
    alicesOther = scene.granted("alice", "web", ALICES_KEY);
    bobs = scene.granted("bob", "web", BOBS_KEY);
    hosts = scene.hostGranted("db-1", HOST_KEY);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void findsWhatIsAliveByEachTarget() {
    assertThat(alive(new Target.OfSerial(bobs))).containsExactly(bobs);
    assertThat(alive(new Target.OfUser(new Username("alice"))))
        .containsExactly(alices, alicesOther);
    assertThat(alive(new Target.OfRole(new RoleName("web")))).containsExactly(alicesOther, bobs);
    assertThat(alive(new Target.OfKey(BOBS_KEY.fingerprint()))).containsExactly(bobs);
    assertThat(alive(new Target.OfHost(new HostName("db-1")))).containsExactly(hosts);
    assertThat(alive(new Target.OfCaKey(scene.userCa().fingerprint())))
        .containsExactly(alices, alicesOther, bobs);
    assertThat(alive(new Target.OfWindow(Instant.EPOCH, between))).containsExactly(alices);
    assertThat(alive(new Target.OfWindow(between, between.plusSeconds(60))))
        .containsExactly(alicesOther, bobs, hosts);
  }

  @Test
  void knowsTheSameAfterARestart() throws Exception {
    List<Target> targets =
        List.of(
            new Target.OfUser(new Username("alice")),
            new Target.OfKey(BOBS_KEY.fingerprint()),
            new Target.OfHost(new HostName("db-1")),
            new Target.OfWindow(Instant.EPOCH, between.plusSeconds(60)));
    revoke(bobs);
    List<List<LiveCertificate>> before = targets.stream().map(this::unrevoked).toList();
    scene.restart().readPast(scene.now());
    assertThat(targets.stream().map(this::unrevoked).toList()).isEqualTo(before);
    assertThat(serials()).containsExactly(bobs.value());
  }

  @Test
  void whatHasExpiredIsNotAlive() throws Exception {
    EntryNumber brief = scene.granted("carol", "web", BOBS_KEY, Duration.ofMinutes(1));
    revoke(brief);
    revoke(bobs);
    assertThat(serials()).containsExactly(bobs.value(), brief.value());
    scene.pass(Duration.ofMinutes(1));
    assertThat(alive(new Target.OfUser(new Username("carol")))).isEmpty();
    assertThat(serials()).containsExactly(bobs.value());
    scene.state().prune(scene.now());
    assertThat(serials()).containsExactly(bobs.value());
  }

  @Test
  void namesTheCaKeyOfEachSerial() throws Exception {
    revoke(alices);
    revoke(hosts);
    assertThat(scene.state().alive(scene.now()))
        .extracting(RevokedCertificates::caKey)
        .containsExactlyInAnyOrder(scene.userCa(), scene.hostCa());
  }

  @Test
  void serialsThatFollowOneAnotherAreOneRange() throws Exception {
    revoke(alicesOther);
    revoke(bobs);
    assertThat(scene.state().alive(scene.now()).getFirst().serials().ranges())
        .containsExactly(
            new SerialRange(new Serial(alicesOther.value()), new Serial(bobs.value())));
  }

  @Test
  void anErasedGrantStaysRevokedUnderEachCaKey() throws Exception {
    revoke(bobs);
    scene
        .test()
        .ledger()
        .erase(bobs, Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE));
    scene.restart().readPast(scene.now());
    assertThat(scene.state().alive(scene.now()))
        .extracting(RevokedCertificates::caKey)
        .containsExactlyInAnyOrder(scene.userCa(), scene.hostCa());
    assertThat(alive(new Target.OfSerial(alices))).containsExactly(alices);
  }

  @Test
  void aRevocationIsNotErased() throws Exception {
    EntryNumber revocation = revoke(bobs);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            scene
                .test()
                .ledger()
                .erase(
                    revocation,
                    Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE)))
        .withMessage("entry " + revocation + " is of kind revocation.added, which is kept");
  }

  @Test
  void whatHoldsForGoodIsKnownBeforeThePastIsRead() throws Exception {
    standing(new Target.OfKey(BOBS_KEY.fingerprint()), "key", BOBS_KEY.fingerprint().toString());
    standing(new Target.OfHost(new HostName("db-1")), "host", "db-1");
    String ca = scene.userCa().fingerprint().toString();
    standing(new Target.OfCaKey(scene.userCa().fingerprint()), "ca_key", ca);
    for (int i = 0; i < 3; i++) {
      revoke(alices);
    }
    RevocationState state = scene.restart();
    assertThat(state.isKeyRevoked(BOBS_KEY.fingerprint())).isTrue();
    assertThat(state.isKeyRevoked(ALICES_KEY.fingerprint())).isFalse();
    assertThat(state.isHostRevoked(new HostName("db-1"))).isTrue();
    assertThat(state.isHostRevoked(new HostName("db-2"))).isFalse();
    assertThat(state.isCaKeyRevoked(scene.userCa().fingerprint())).isTrue();
    assertThat(state.isCaKeyRevoked(scene.hostCa().fingerprint())).isFalse();
    assertThat(state.isCaKey(scene.hostCa().fingerprint())).isTrue();
    assertThat(state.isCaKey(BOBS_KEY.fingerprint())).isFalse();
    assertThat(state.keys())
        .containsExactlyInAnyOrder(BOBS_KEY.fingerprint(), scene.userCa().fingerprint());
    assertThatIllegalStateException().isThrownBy(() -> state.alive(scene.now()));
  }

  @Test
  void tellsOfEachChangeOnce() throws Exception {
    List<Long> changes = new ArrayList<>();
    scene.state().onChange(() -> changes.add(scene.state().changes()));
    revoke(bobs);
    revoke(bobs);
    scene.granted("dave", "web", BOBS_KEY);
    revoke(alices);
    assertThat(changes).hasSize(2).doesNotHaveDuplicates().isSorted();
  }

  /** Whatever else an entry of this kind says, the serials in it do not count any more. */
  @Test
  void takesEntriesOfOlderFormats() throws Exception {
    JsonObject details =
        JsonObject.builder()
            .put("login", "of-somebody")
            .put("serials", JsonArray.ofTexts(List.of(bobs.toString(), "4711")))
            .build();
    scene.test().append(Draft.of(EntryKind.REVOCATION_ADDED, details, SearchKeys.NONE));
    assertThat(serials()).as("4711 was never granted").containsExactly(bobs.value());
  }

  private EntryNumber revoke(EntryNumber... serials) throws Exception {
    JsonObject details =
        JsonObject.builder()
            .put("target", "serial")
            .put("serial", serials[0].toString())
            .put(
                "serials",
                JsonArray.ofTexts(Arrays.stream(serials).map(EntryNumber::toString).toList()))
            .build();
    return scene
        .test()
        .append(Draft.of(EntryKind.REVOCATION_ADDED, details, SearchKeys.NONE))
        .number();
  }

  private void standing(Target target, String name, String value) throws Exception {
    JsonObject details = JsonObject.builder().put("target", target.kind()).put(name, value).build();
    var _ =
        scene
            .test()
            .append(Draft.of(EntryKind.REVOCATION_ADDED, details, RevocationDetails.standing()));
  }

  private List<Long> serials() {
    return scene.state().alive(scene.now()).stream()
        .flatMap(section -> section.serials().ranges().stream())
        .flatMap(range -> LongStream.rangeClosed(range.first().bits(), range.last().bits()).boxed())
        .sorted()
        .toList();
  }

  private List<LiveCertificate> unrevoked(Target target) {
    return scene.state().unrevoked(target, scene.now());
  }

  private List<EntryNumber> alive(Target target) {
    return unrevoked(target).stream().map(LiveCertificate::serial).toList();
  }
}
