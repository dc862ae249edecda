package dev.daypass.fleet.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.fleet.session.UnusedCertificates.Summary;
import dev.daypass.fleet.session.UnusedCertificates.Unused;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnusedCertificatesTest {
  private static final Duration LIFE = Duration.ofMinutes(30);

  private TestLedger test;
  private Instant start;

  @BeforeEach
  void open() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
    start = now();
  }

  @AfterEach
  void close() throws Exception {
    test.checkInvariants();
    test.close();
  }

  @Test
  void listsWhatOpenedNoSession() throws Exception {
    EntryNumber used = granted("alice");
    EntryNumber unused = granted("bob");
    opened(used);
    test.clock().pass(LIFE);
    List<Unused> found = new ArrayList<>();
    assertThat(report(start, found)).isEqualTo(new Summary(2, 1, 0));
    assertThat(found)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.serial()).isEqualTo(unused);
          assertThat(one.user()).contains("bob");
          assertThat(one.role()).contains("prod-db-debug");
          assertThat(one.reason()).contains("why");
          assertThat(one.validBefore()).contains(start.plus(LIFE));
        });
  }

  @Test
  void whatHasNotEndedMayStillBeUsed() throws Exception {
    granted("alice");
    opened(granted("bob"));
    List<Unused> found = new ArrayList<>();
    assertThat(report(start, found)).isEqualTo(new Summary(2, 0, 1));
    assertThat(found).isEmpty();
  }

  @Test
  void whatWasNeverReleasedIsNoCertificate() throws Exception {
    EntryNumber failed = granted("alice");
    append(
        EntryKind.CERTIFICATE_FAILED,
        JsonObject.builder().put("entry", failed.toString()).put("cause", "frozen").build());
    test.clock().pass(LIFE);
    assertThat(report(start, new ArrayList<>())).isEqualTo(new Summary(0, 0, 0));
  }

  @Test
  void keepsToTheTimeThatIsAskedFor() throws Exception {
    EntryNumber early = granted("alice");
    test.clock().pass(LIFE);
    Instant between = now();
    EntryNumber late = granted("bob");
    test.clock().pass(LIFE);
    List<Unused> found = new ArrayList<>();
    report(between, found);
    assertThat(found).extracting(Unused::serial).containsExactly(late);
    found.clear();
    unused().report(start, between, now(), found::add);
    assertThat(found).extracting(Unused::serial).containsExactly(early);
  }

  @Test
  void readsThroughMoreThanOnePageAndThroughOddReports() throws Exception {
    int many = 1_050;
    EntryNumber first = granted("alice");
    for (int i = 1; i < many; i++) {
      granted("alice");
    }
    opened(first);
    for (String serial : List.of("18446744073709551615", "4711", "x", "")) {
      append(EntryKind.SESSION_OPENED, JsonObject.builder().put("serial", serial).build());
    }
    append(EntryKind.SESSION_OPENED, JsonObject.EMPTY);
    test.clock().pass(LIFE);
    List<Unused> found = new ArrayList<>();
    assertThat(report(start, found)).isEqualTo(new Summary(many, many - 1, 0));
    assertThat(found).extracting(Unused::serial).doesNotContain(first).hasSize(many - 1);
  }

  private Summary report(Instant from, List<Unused> found) throws Exception {
    Instant now = now();
    return unused().report(from, now.plusSeconds(1), now, found::add);
  }

  /** As an entry has it. */
  private Instant now() {
    return test.clock().now().truncatedTo(ChronoUnit.MILLIS);
  }

  private UnusedCertificates unused() {
    return new UnusedCertificates(test.store());
  }

  private EntryNumber granted(String user) throws Exception {
    Draft draft = test.granting(user);
    JsonObject.Builder details = JsonObject.builder();
    draft
        .details()
        .members()
        .forEach((name, value) -> {
          if (!name.equals("identity")) {
            details.put(name, value);
          }
        });
    details
        .put("identity", JsonObject.builder().put("username", user).build())
        .put("role", "prod-db-debug")
        .put("reason", "why")
        .put("valid_before", now().plus(LIFE).toString());
    return test.append(
            Draft.granting(
                draft.kind(), details.build(), draft.certificate().orElseThrow(), draft.search()))
        .number();
  }

  private void opened(EntryNumber serial) throws Exception {
    append(EntryKind.SESSION_OPENED, JsonObject.builder().put("serial", serial.toString()).build());
  }

  private void append(EntryKind kind, JsonObject details) throws Exception {
    var _ = test.append(Draft.of(kind, details, SearchKeys.NONE));
  }
}
