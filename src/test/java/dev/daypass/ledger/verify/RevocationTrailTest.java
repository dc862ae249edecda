package dev.daypass.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RevocationTrailTest {
  private static final Bytes HASH = Bytes.ofUtf8("any").sha256();

  private final List<String> problems = new ArrayList<>();
  private final RevocationTrail trail =
      new RevocationTrail(
          fault -> problems.add(fault.number().orElseThrow().value() + ": " + fault.problem()));
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private long next = 1;

  @Test
  void aRevocationThatIsPublishedIsGood() {
    long serial = add(EntryKind.CERTIFICATE_GRANTED);
    long host = add(EntryKind.HOST_CERTIFICATE_GRANTED);
    revoked("laptop lost", Long.toString(serial), Long.toString(host));
    published(next);
    pass(Duration.ofHours(1));
    published(next);
    assertThat(problems()).isEmpty();
  }

  @Test
  void aRevocationThatNoListHasIsAFaultAfterAWhile() {
    add(EntryKind.CERTIFICATE_GRANTED);
    long before = next;
    revoked("laptop lost", "1");
    published(before); // made before it
    pass(Duration.ofMinutes(10));
    assertThat(problems()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(problems()).containsExactly("2: no list was published that has this revocation");
  }

  @Test
  void aDaemonThatStartsAgainHasTimeForIt() {
    add(EntryKind.CERTIFICATE_GRANTED);
    revoked("laptop lost", "1");
    pass(Duration.ofHours(1));
    add(EntryKind.DAEMON_STARTED);
    pass(Duration.ofMinutes(9));
    assertThat(problems()).isEmpty();
  }

  @Test
  void whatWasNotGrantedBeforeIsNotRevoked() {
    add(EntryKind.DAEMON_STARTED);
    for (String serial : List.of("0", "1", "9", "x", "4294967297")) {
      revoked("why", serial);
    }
    assertThat(problems())
        .hasSize(5)
        .allSatisfy(
            p -> assertThat(p).endsWith("it revokes a serial that was not granted before it"));
  }

  @Test
  void aRevocationHasAReason() {
    add(EntryKind.CERTIFICATE_GRANTED);
    revoked(" ", "1");
    assertThat(problems()).containsExactly("2: it revokes without a reason");
  }

  @Test
  void listsRiseAndAreNeverAhead() {
    published(1);
    published(1);
    published(0);
    published(99);
    assertThat(problems())
        .containsExactly(
            "2: its list is not newer than the one before",
            "3: its list is not newer than the one before",
            "4: its list is ahead of the ledger");
  }

  @Test
  void nothingIsGrantedWhileIssuanceIsFrozen() {
    add(EntryKind.ISSUANCE_FROZEN);
    pass(Duration.ofMinutes(1));
    add(EntryKind.CERTIFICATE_GRANTED);
    assertThat(problems()).as("it was under way").isEmpty();
    pass(Duration.ofSeconds(1));
    add(EntryKind.CERTIFICATE_GRANTED);
    add(EntryKind.ISSUANCE_THAWED);
    add(EntryKind.CERTIFICATE_GRANTED);
    add(EntryKind.ISSUANCE_THAWED);
    assertThat(problems())
        .containsExactly(
            "3: it was granted while issuance was frozen", "6: it thaws what was not frozen");
  }

  private List<String> problems() {
    trail.finish(now);
    return List.copyOf(problems);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void revoked(String why, String... serials) {
    JsonObject details =
        JsonObject.builder()
            .put("target", "user")
            .put("why", why)
            .put("serials", JsonArray.ofTexts(List.of(serials)))
            .build();
    add(EntryKind.REVOCATION_ADDED, Optional.empty(), Optional.of(details));
  }

  private void published(long version) {
    add(
        EntryKind.KRL_PUBLISHED,
        Optional.of(PublicPart.published(version, HASH)),
        Optional.of(JsonObject.EMPTY));
  }

  private long add(EntryKind kind) {
    return add(kind, Optional.empty(), Optional.of(JsonObject.EMPTY));
  }

  private long add(EntryKind kind, Optional<JsonObject> part, Optional<JsonObject> details) {
    Optional<Bytes> commit = kind.commitsToCertificate() ? Optional.of(HASH) : Optional.empty();
    trail.add(next, new Entry(now, kind, commit, HASH, part), details);
    return next++;
  }
}
