package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Account;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Registration;
import dev.daypass.identity.Username;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.privacy.ErasureOutcome;
import dev.daypass.ledger.privacy.Erasures;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.tlog.EntryNumber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything about a person goes, from every table and file, and nothing about anybody else. */
final class PersonErasureTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir private Path folder;
  private SqliteDatabase database;
  private TestLedger test;
  private SqliteIdentityRegistry registry;
  private Erasures erasures;

  @BeforeEach
  void open() throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    SqliteLedgerStore store = SqliteLedgerStore.open(database);
    test = TestLedger.over(store);
    registry = new SqliteIdentityRegistry(database, (_, why) -> fail(why));
    erasures =
        new Erasures(
            test.ledger(),
            new EntryBrowser(store, test.ledger()::size),
            new SqlitePersonalRecords(database, registry, (_, why) -> fail(why)),
            () -> NOW);
    for (String name : List.of("mallory", "alice", "xmallory-y")) {
      assertThat(registry.register(identity(name))).isInstanceOf(Registration.Accepted.class);
    }
    bindKey("mallory");
    append(EntryKind.REQUESTS_REFUSED, of("mallory").put("reason", "why-of-mallory").build());
    append(EntryKind.REQUESTS_REFUSED, of("alice").put("reason", "why-of-alice").build());
    append(EntryKind.REQUESTS_REFUSED, of("xmallory-y").build());
    append(EntryKind.HOST_JOINED, JsonObject.builder().put("by", "mallory@example.com").build());
    append(EntryKind.REVOCATION_ADDED, JsonObject.builder().put("role", "r").build());
  }

  private static void fail(Throwable why) {
    throw new AssertionError(why);
  }

  @AfterEach
  void close() {
    test.close();
    database.close();
  }

  @Test
  void noWordOfThePersonIsLeftInAnyFile() throws Exception {
    assertThat(words("mallory")).as("before").isNotEmpty();
    ErasureOutcome.Done done = done("mallory");
    assertThat(done.erased()).isEqualTo(2);
    assertThat(done.kept()).isEmpty();
    assertThat(done.remains()).isFalse();
    assertThat(words("mallory")).isEmpty();
    assertThat(words("alice")).hasSize(4);
    assertThat(test.ledger().details(new EntryNumber(3))).as("another's name").isPresent();
    test.checkInvariants();
  }

  @Test
  void theNameIsFreeForWhoeverBringsItNext() throws Exception {
    var _ = done("mallory");
    Identity another =
        new Identity(
            new IdentityId("https://idp.example.com", "another"),
            "okta",
            true,
            IdentityKind.PERSON,
            identity("mallory").username(),
            Optional.empty(),
            identity("mallory").account(),
            Set.of(),
            Map.of(),
            Optional.<Instant>empty(),
            List.of(),
            false,
            "bearer");
    assertThat(registry.register(another)).isInstanceOf(Registration.Accepted.class);
    assertThat(registry.register(identity("alice"))).isInstanceOf(Registration.Accepted.class);
  }

  @Test
  void whatTheLedgerNeedsIsKeptAndNamed() throws Exception {
    long number = test.ledger().size().value();
    append(
        EntryKind.REVOCATION_ADDED,
        JsonObject.builder().put("user", "mallory@example.com").build());
    assertThat(done("mallory").kept()).containsExactly(new EntryNumber(number));
    assertThat(test.ledger().details(new EntryNumber(number))).isPresent();
  }

  @Test
  void sessionsOfThePersonsCertificatesGoWithThem() throws Exception {
    EntryNumber grant = new EntryNumber(test.ledger().size().value());
    test.append(test.granting("mallory@example.com"));
    append(
        EntryKind.SESSION_OPENED,
        JsonObject.builder().put("serial", grant.toString()).put("address", "192.0.2.7").build());
    append(EntryKind.SESSION_OPENED, JsonObject.builder().put("serial", "0").build());
    assertThat(done("mallory").erased()).isEqualTo(4);
    assertThat(test.ledger().details(new EntryNumber(grant.value() + 1))).isEmpty();
    assertThat(test.ledger().details(new EntryNumber(grant.value() + 2))).isPresent();
  }

  @Test
  void aLongerNameIsAnothers() throws Exception {
    long number = test.ledger().size().value();
    append(
        EntryKind.HOST_JOINED,
        JsonObject.builder().put("by", "postmallory@example.com").put("x", "mallory").build());
    assertThat(done("mallory").erased()).isEqualTo(2);
    assertThat(test.ledger().details(new EntryNumber(number))).isPresent();
  }

  @Test
  void whatIsAliveIsEndedFirst() throws Exception {
    long size = test.ledger().size().value();
    Draft grant = test.granting("mallory@example.com");
    JsonObject details =
        grant.details().toBuilder().put("valid_before", NOW.plusSeconds(1).toString()).build();
    test.append(
        Draft.granting(grant.kind(), details, grant.certificate().orElseThrow(), grant.search()));
    assertThat(refused("mallory", "asked to").fault()).isEqualTo(ErasureOutcome.Fault.LIVE);
    assertThat(erasures.entry(new EntryNumber(size), "root", "asked to"))
        .isInstanceOfSatisfying(
            ErasureOutcome.Refused.class,
            refused -> assertThat(refused.fault()).isEqualTo(ErasureOutcome.Fault.LIVE));
    assertThat(words("mallory")).isNotEmpty();
    assertThat(test.ledger().size().value()).isEqualTo(size + 1);
  }

  @Test
  void aReasonIsNeededAndDoesNotNameThePerson() throws Exception {
    assertThat(refused("mallory", " ").fault()).isEqualTo(ErasureOutcome.Fault.REASON);
    assertThat(refused("mallory", "Mallory@Example.com asked").fault())
        .isEqualTo(ErasureOutcome.Fault.REASON);
    assertThat(refused("nobody", "asked").fault()).isEqualTo(ErasureOutcome.Fault.UNKNOWN);
  }

  @Test
  void oneEntryIsErasedOnceAndKeptKindsNever() throws Exception {
    assertThat(erasures.entry(new EntryNumber(1), "root", "asked to"))
        .isInstanceOf(ErasureOutcome.Done.class);
    assertThat(test.ledger().details(new EntryNumber(6)).orElseThrow().utf8())
        .contains("\"by\":\"root\"", "\"entry\":\"1\"", "\"reason\":\"asked to\"");
    assertThat(fault(1)).isEqualTo(ErasureOutcome.Fault.UNKNOWN);
    assertThat(fault(99)).isEqualTo(ErasureOutcome.Fault.UNKNOWN);
    assertThat(fault(0)).isEqualTo(ErasureOutcome.Fault.KEPT);
    assertThat(fault(5)).isEqualTo(ErasureOutcome.Fault.KEPT);
    assertThat(fault(6)).isEqualTo(ErasureOutcome.Fault.KEPT);
    test.store().full(true);
    assertThat(fault(2)).isEqualTo(ErasureOutcome.Fault.UNAVAILABLE);
  }

  private ErasureOutcome.Fault fault(long number) {
    return ((ErasureOutcome.Refused) erasures.entry(new EntryNumber(number), "root", "r")).fault();
  }

  private ErasureOutcome.Done done(String name) {
    ErasureOutcome outcome = erasures.person(identity(name).username(), "root", "asked to");
    assertThat(outcome).isInstanceOf(ErasureOutcome.Done.class);
    return (ErasureOutcome.Done) outcome;
  }

  private ErasureOutcome.Refused refused(String name, String reason) {
    return (ErasureOutcome.Refused) erasures.person(identity(name).username(), "root", reason);
  }

  private void append(EntryKind kind, JsonObject details) throws Exception {
    var _ =
        test.append(Draft.of(kind, details, IdentityDetails.searchKeys(identity("mallory").id())));
  }

  private static JsonObject.Builder of(String name) {
    return JsonObject.builder().put("identity", IdentityDetails.of(identity(name)));
  }

  private void bindKey(String name) throws Exception {
    var connection = database.writer();
    try (connection;
        var insert = connection.prepareStatement("INSERT INTO bound_keys VALUES (?, ?, ?)")) {
      SqliteWriter.set(
          insert, new byte[32], identity(name).id().issuer(), identity(name).id().subject());
      insert.executeUpdate();
    }
  }

  /** What of a person's words stands in any file, as a raw search finds it. */
  private List<String> words(String name) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return Stream.of(
            name + "@example.com", "subject-of-" + name + "\"", "why-of-" + name, "acc-" + name)
        .filter(word -> all.indexOf(word) >= 0)
        .toList();
  }

  private static Identity identity(String name) {
    return new Identity(
        new IdentityId("https://idp.example.com", "subject-of-" + name),
        "okta",
        true,
        IdentityKind.PERSON,
        Username.parse(name + "@example.com").orElseThrow(),
        Optional.empty(),
        Account.parse("acc-" + name),
        Set.of(),
        Map.of(),
        Optional.<Instant>empty(),
        List.of(),
        false,
        "bearer");
  }
}
