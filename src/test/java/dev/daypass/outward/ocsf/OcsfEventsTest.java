package dev.daypass.outward.ocsf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.outward.Event;
import dev.daypass.outward.Severity;
import dev.daypass.outward.SomeEntries;
import dev.daypass.ssh.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

final class OcsfEventsTest {
  private final OcsfEvents events = new OcsfEvents("ca.example.com/daypass");

  @ParameterizedTest
  @EnumSource(EntryKind.class)
  void eachKindIsAnEventOfTheSchema(EntryKind kind) {
    OcsfSchema.requireValid(events.event(SomeEntries.of(kind)).body());
  }

  @ParameterizedTest
  @EnumSource(EntryKind.class)
  void anErasedEntryIsOneTooAndTellsNobody(EntryKind kind) {
    Event event = events.event(SomeEntries.erased(kind));
    OcsfSchema.requireValid(event.body());
    assertThat(text(event)).contains("\"details_erased\":true").doesNotContain("alice");
  }

  @ParameterizedTest
  @EnumSource(EntryKind.class)
  void anEntryWithoutAnyUsualMemberIsOneToo(EntryKind kind) {
    JsonObject bare = JsonObject.builder().put("other", "x").build();
    OcsfSchema.requireValid(events.event(SomeEntries.of(1, kind, SomeEntries.AT, bare)).body());
  }

  @ParameterizedTest
  @CsvSource({
    "CERTIFICATE_GRANTED, 300301",
    "LOGIN_OPENED, 300201",
    "LOGIN_ENDED, 300202",
    "REQUESTS_REFUSED, 300301",
    "REVOCATION_ADDED, 300409",
    "HOST_JOINED, 300406",
    "HOST_LEFT, 300407",
    "SESSION_OPENED, 400701",
    "SESSION_CLOSED, 400702",
    "SESSION_ALARM, 200401",
    "BREAKGLASS_REPORTED, 200401",
    "DAEMON_STARTED, 600203",
    "ISSUANCE_FROZEN, 600207",
    "CA_KEY_ACTIVATED, 300410",
    "DETAILS_ERASED, 300404",
    "GRANT_REQUESTED, 300599"
  })
  void theTypeSaysWhatHappened(EntryKind kind, long type) {
    assertThat(events.event(SomeEntries.of(kind)).body().integer("type_uid")).contains(type);
  }

  @Test
  void aGrantSaysWhoWhatFromWhereAndUntilWhen() throws Exception {
    Event event = events.event(SomeEntries.of(EntryKind.CERTIFICATE_GRANTED));
    JsonObject body = event.body();
    assertThat(event.id()).isEqualTo("ca.example.com/daypass#42");
    assertThat(body.integer("time")).contains(1795223580123L);
    assertThat(body.text("message"))
        .contains("certificate.granted, entry 42, alice@example.com, role prod-db-debug");
    assertThat(body.text("status_detail")).contains("INC-42");
    assertThat(body.integer("status_id")).contains(1L);
    assertThat(body.texts("privileges")).containsExactly("daypass:prod-db-debug@db-1");
    assertThat(body.object("user"))
        .contains(
            object(
                """
                {"domain":"https://idp.example.com","email_addr":"alice@example.com",\
                "groups":[{"name":"dba"},{"name":"oncall"}],"name":"alice@example.com",\
                "type_id":1,"uid":"00u1"}\
                """));
    JsonObject actor = body.object("actor").flatMap(a -> a.object("user")).orElseThrow();
    assertThat(actor.text("uid")).contains("00u1");
    assertThat(actor.members()).as("told once").doesNotContainKey("groups");
    assertThat(body.object("src_endpoint")).contains(object("{\"ip\":\"192.0.2.7\"}"));
    assertThat(body.object("session"))
        .contains(
            object(
                """
                {"created_time":1795223520000,"expiration_time":1795225380000,\
                "issuer":"ca.example.com/daypass","uid":"42"}\
                """));
    assertThat(body.object("metadata"))
        .contains(
            object(
                """
                {"event_code":"certificate.granted","log_name":"ca.example.com/daypass",\
                "logged_time":1795223580123,\
                "product":{"name":"daypass","vendor_name":"daypass"},\
                "sequence":42,"uid":"ca.example.com/daypass#42","version":"1.5.0"}\
                """));
  }

  @Test
  void aRefusalFailed() {
    JsonObject body = events.event(SomeEntries.of(EntryKind.REQUESTS_REFUSED)).body();
    assertThat(body.integer("status_id")).contains(2L);
    assertThat(body.text("status")).contains("Failure");
    assertThat(body.integer("severity_id")).contains(2L);
  }

  @Test
  void aRefusalWithoutARoleIsALogonThatFailed() {
    JsonObject details = JsonObject.builder().put("identity", SomeEntries.alice()).build();
    ReadEntry read = SomeEntries.of(3, EntryKind.REQUESTS_REFUSED, SomeEntries.AT, details);
    assertThat(events.event(read).body().integer("type_uid")).contains(300201L);
  }

  @Test
  void consentComesBeforeTheLogon() {
    JsonObject details =
        JsonObject.builder().put("identity", SomeEntries.alice()).put("step", "consented").build();
    ReadEntry read = SomeEntries.of(3, EntryKind.LOGIN_OPENED, SomeEntries.AT, details);
    assertThat(events.event(read).body().integer("type_uid")).contains(300206L);
  }

  @Test
  void aSessionHappenedWhenItsServerSaysAndIsLoggedWhenItWasWritten() {
    JsonObject body = events.event(SomeEntries.of(EntryKind.SESSION_OPENED)).body();
    assertThat(body.integer("time")).contains(1795223579000L);
    assertThat(body.object("metadata").flatMap(m -> m.integer("logged_time")))
        .contains(1795223580123L);
    assertThat(body.object("metadata").orElseThrow().texts("profiles"))
        .as("without it there is no actor")
        .containsExactly("host");
    assertThat(body.object("dst_endpoint").flatMap(e -> e.text("hostname")))
        .contains("db-1.prod.example.com");
  }

  @Test
  void aClientThatIsNoAddressIsAName() {
    JsonObject details =
        JsonObject.builder().put("reported_by", "db-1").put("client", "laptop.example.com").build();
    ReadEntry read = SomeEntries.of(3, EntryKind.SESSION_OPENED, SomeEntries.AT, details);
    JsonObject source = events.event(read).body().object("src_endpoint").orElseThrow();
    assertThat(source.text("hostname")).contains("laptop.example.com");
    assertThat(source.text("ip")).isEmpty();
  }

  @Test
  void whatHidesDetailsBehindTheirHashesIsNeverSent() {
    for (EntryKind kind : EntryKind.values()) {
      String line = text(events.event(SomeEntries.of(kind)));
      assertThat(line).doesNotContain("c2FsdHNhbHRzYWx0c2E", "bm9uY2U", "\"salt\"");
    }
  }

  @Test
  void detailsWithoutRoomAreNamedAndNotSent() {
    JsonObject details =
        JsonObject.builder()
            .put("sha256", "abc")
            .put("text", "ä".repeat(3000))
            .put("by", "root (local)")
            .build();
    Event event = events.event(SomeEntries.of(3, EntryKind.POLICY_LOADED, SomeEntries.AT, details));
    JsonObject unmapped = event.body().object("unmapped").orElseThrow();
    assertThat(unmapped.texts("left_out")).containsExactly("text");
    assertThat(unmapped.object("details").flatMap(d -> d.text("by"))).contains("root (local)");
    assertThat(event.line().size()).isLessThan(8000);
  }

  @Test
  void theLargestGrantFitsIntoWhatReceiversTake() {
    JsonObject details =
        SomeEntries.usual(EntryKind.CERTIFICATE_GRANTED).members().entrySet().stream()
            .filter(member -> !List.of("principals", "reason").contains(member.getKey()))
            .collect(
                JsonObject::builder,
                (builder, member) -> builder.put(member.getKey(), member.getValue()),
                (one, other) -> {})
            .put("principals", JsonArray.ofTexts(Collections.nCopies(32, "p".repeat(255))))
            .put("reason", "r".repeat(1000))
            .build();
    Event event =
        events.event(SomeEntries.of(3, EntryKind.CERTIFICATE_GRANTED, SomeEntries.AT, details));
    OcsfSchema.requireValid(event.body());
    assertThat(event.line().size()).isLessThan(8000);
    assertThat(event.body().object("unmapped").orElseThrow().texts("left_out"))
        .containsExactly("principals");
  }

  @ParameterizedTest
  @EnumSource(EntryKind.class)
  void theLargestNamesFitToo(EntryKind kind) {
    String name = "\u00e4\u0001\"".repeat(2000);
    JsonObject.Builder details = JsonObject.builder();
    SomeEntries.usual(kind).members().keySet().stream()
        .filter(member -> !List.of("identity", "hosts", "principals").contains(member))
        .forEach(member -> details.put(member, name));
    JsonObject.Builder who = JsonObject.builder().put("kind", "person");
    List.of("issuer", "subject", "username", "email").forEach(member -> who.put(member, name));
    JsonObject identity =
        who.put("groups", JsonArray.ofTexts(Collections.nCopies(200, "\u00e4".repeat(60)))).build();
    details
        .put("identity", identity)
        .put("hosts", JsonArray.ofTexts(Collections.nCopies(32, name)))
        .put("principals", JsonArray.ofTexts(Collections.nCopies(32, name)));
    Event event = events.event(SomeEntries.of(3, kind, SomeEntries.AT, details.build()));
    OcsfSchema.requireValid(event.body());
    assertThat(event.line().size()).isLessThanOrEqualTo(8000);
  }

  @Test
  void aLineIsAsciiAndTheSameJson() throws Exception {
    JsonObject details =
        JsonObject.builder().put("by", "Jürgen \u202e😀\u007f\n").put("why", "ok").build();
    Event event = events.event(SomeEntries.of(3, EntryKind.HOST_LEFT, SomeEntries.AT, details));
    String line = text(event);
    assertThat(line).matches("[\\x20-\\x7e]+").contains("\\u00fc", "\\u202e", "\\ud83d\\ude00");
    JsonMapper json = new JsonMapper();
    assertThat(json.readTree(line))
        .isEqualTo(json.readTree(CanonicalJson.encode(event.body()).toArray()));
  }

  @Test
  void aFindingHasAnIdOfItsOwn() {
    ReadEntry read = SomeEntries.of(EntryKind.CERTIFICATE_GRANTED);
    Event event =
        events.finding(
            read, new Finding(Severity.MEDIUM, "A new network", "From there."), "network");
    OcsfSchema.requireValid(event.body());
    assertThat(event.id()).isEqualTo("ca.example.com/daypass#42-network");
    assertThat(event.body().object("finding_info").flatMap(i -> i.text("desc")))
        .isEqualTo(Optional.of("From there."));
    assertThat(event.body().integer("severity_id")).contains(3L);
  }

  private static JsonObject object(String text) throws Exception {
    return CanonicalJson.decodeObject(Bytes.ofUtf8(text));
  }

  private static String text(Event event) {
    return new String(event.line().toArray(), StandardCharsets.US_ASCII);
  }
}
