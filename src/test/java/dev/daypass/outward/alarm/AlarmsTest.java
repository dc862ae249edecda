package dev.daypass.outward.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.outward.SomeEntries;
import dev.daypass.outward.ocsf.OcsfEvents;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlarmsTest {
  private static final String URL = "https://ca.example.com:8443";

  private TestLedger test;
  private EntryBrowser browser;

  @BeforeEach
  void open() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
    browser = new EntryBrowser(test.store(), test.ledger()::size);
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void aSessionAlarmIsOneForOperators() throws Exception {
    List<Alarm> alarms = alarms().of(SomeEntries.of(EntryKind.SESSION_ALARM));
    assertThat(alarms).hasSize(1);
    Alarm alarm = alarms.getFirst();
    assertThat(alarm.title()).isEqualTo("Session alarm on db-1.prod.example.com: never granted");
    assertThat(alarm.owner()).isEmpty();
    assertThat(alarm.finding().id()).isEqualTo("ca.example.com/daypass#42");
    assertThat(alarm.text()).contains("serial 41", URL + "/console/entries/42");
  }

  @Test
  void whatAServersHintsReportIsSaidInOurWords() throws Exception {
    String hints = "sshd let it in, and the session hook said nothing of it";
    assertThat(Files.readString(Path.of("src/main/perl/daypass-host-hints/40-unwatched.pl")))
        .contains("'" + hints + "'");
    for (String reason : List.of("unwatched", hints)) {
      Alarm alarm = alarms().of(reported(7, reason)).getFirst();
      assertThat(alarm.title())
          .isEqualTo(
              "Session alarm on db-1: sshd let somebody in, and the session hook said nothing of"
                  + " it");
      assertThat(alarm.text()).contains("Account      root\n", "From         192.0.2.7\n");
      assertThat(alarm.finding().body().object("finding_info").flatMap(i -> i.text("title")))
          .contains("Session alarm: sshd let somebody in, and the session hook said nothing of it");
    }
    Alarm lure = alarms().of(reported(7, "call +1 555 now")).getFirst();
    assertThat(lure.title()).isEqualTo("Session alarm on db-1: (not shown)");
  }

  @Test
  void afterTwentyOfOneServerOneSaysThatThereAreMore() throws Exception {
    Alarms alarms = alarms();
    List<String> titles = new ArrayList<>();
    for (int number = 0; number < 40; number++) {
      ReadEntry entry = reported(number, "unwatched");
      List<Alarm> once = alarms.of(entry);
      assertThat(alarms.of(entry)).as("tried again").isEqualTo(once);
      once.forEach(alarm -> titles.add(alarm.title()));
    }
    assertThat(titles).hasSize(21);
    assertThat(titles.getLast()).isEqualTo("Many alarms on db-1, and more");
    assertThat(alarms.of(SomeEntries.of(EntryKind.SESSION_ALARM))).as("another server").hasSize(1);
    for (int number = 100; number < 130; number++) {
      assertThat(alarms.of(reported(number, EntryKind.BREAKGLASS_REPORTED, SomeEntries.AT, "x")))
          .hasSize(1);
    }
    Instant later = SomeEntries.AT.plus(AlarmLimit.HOUR);
    ReadEntry before = reported(200, EntryKind.SESSION_ALARM, later.minusMillis(1), "unwatched");
    assertThat(alarms.of(before)).isEmpty();
    assertThat(alarms.of(reported(201, EntryKind.SESSION_ALARM, later, "unwatched"))).hasSize(1);
  }

  @Test
  void aComputersNameIsNoLinkInTheOwnersMail() throws Exception {
    login("192.0.2.7", "laptop");
    Alarm alarm = alarms().of(login("192.0.2.7", "desk-2.evil.example")).getFirst();
    assertThat(alarm.text()).contains("calls itself desk-2.\n").doesNotContain("evil");
  }

  @Test
  void breakGlassIsOneToo() throws Exception {
    assertThat(alarms().of(SomeEntries.of(EntryKind.BREAKGLASS_REPORTED)))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.title()).isEqualTo("Break-glass was used"));
  }

  @Test
  void whatHappensAllDayIsNone() throws Exception {
    for (EntryKind kind : EntryKind.values()) {
      if (kind != EntryKind.SESSION_ALARM && kind != EntryKind.BREAKGLASS_REPORTED) {
        assertThat(alarms().of(SomeEntries.of(kind))).as(kind.wireName()).isEmpty();
      }
    }
  }

  @Test
  void anotherNetworkIsTheOwnersConcernOnce() throws Exception {
    login("192.0.2.7", "laptop");
    ReadEntry moved = login("198.51.100.9", "laptop");
    ReadEntry again = login("198.51.100.77", "laptop");
    Alarms alarms = alarms();
    Alarm alarm = alarms.of(moved).getFirst();
    assertThat(alarm.owner()).contains("alice@example.com");
    assertThat(alarm.title()).isEqualTo("Login of alice@example.com from a new network");
    assertThat(alarm.finding().id()).endsWith("#" + moved.number() + "-network");
    assertThat(alarm.text())
        .contains(
            "- It is the first from 198.51.100.0/24 in 90 days.",
            "From         198.51.100.9",
            "daypass logout --all",
            URL + "/console/me");
    assertThat(alarms.of(again)).as("told before").isEmpty();
  }

  @Test
  void isFoundAgainWhereATargetHadFailedAndAfterARestart() throws Exception {
    login("192.0.2.7", "laptop");
    ReadEntry moved = login("198.51.100.9", "laptop");
    login("198.51.100.9", "laptop");
    Alarms alarms = alarms();
    List<Alarm> first = alarms.of(moved);
    assertThat(first).hasSize(1).isEqualTo(alarms.of(moved)).isEqualTo(alarms().of(moved));
  }

  @Test
  void othersUsesAreNotOnesOwn() throws Exception {
    login("192.0.2.7", "laptop");
    JsonObject bob =
        JsonObject.builder()
            .put("issuer", "https://idp.example.com")
            .put("subject", "00u2")
            .put("kind", "person")
            .put("username", "bob@example.com")
            .build();
    ReadEntry other = login(bob, "198.51.100.9", "desktop");
    assertThat(alarms().of(other)).isEmpty();
  }

  @Test
  void whatAThiefCallsTheComputerIsNotShownToTheOwner() throws Exception {
    login("192.0.2.7", "laptop");
    ReadEntry lure = login("192.0.2.7", "call +1 555 now: https://evil.example");
    Alarm alarm = alarms().of(lure).getFirst();
    assertThat(alarm.text()).contains("calls itself (not shown)").doesNotContain("evil");
    assertThat(alarm.title()).isEqualTo("Login of alice@example.com from a new computer");
  }

  private static ReadEntry reported(long number, String reason) {
    return reported(number, EntryKind.SESSION_ALARM, SomeEntries.AT, reason);
  }

  private static ReadEntry reported(long number, EntryKind kind, Instant at, String reason) {
    JsonObject details =
        JsonObject.builder()
            .put("reported_by", "db-1")
            .put("account", "root")
            .put("client", "192.0.2.7")
            .put("reason", reason)
            .build();
    return SomeEntries.of(number, kind, at, details);
  }

  private Alarms alarms() {
    return new Alarms(new OcsfEvents(TestLedger.ORIGIN), browser, TestLedger.ORIGIN, URL);
  }

  private ReadEntry login(String address, String computer) throws Exception {
    return login(SomeEntries.alice(), address, computer);
  }

  private ReadEntry login(JsonObject identity, String address, String computer) throws Exception {
    JsonObject details =
        JsonObject.builder()
            .put("identity", identity)
            .put("step", "bound")
            .put("hostname", computer)
            .put("bound_from", address)
            .build();
    SearchKeys keys =
        new SearchKeys(
            Optional.of("https://idp.example.com\n" + identity.text("subject").orElseThrow()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    EntryNumber number = test.append(Draft.of(EntryKind.LOGIN_OPENED, details, keys)).number();
    return browser.entry(number).orElseThrow();
  }
}
