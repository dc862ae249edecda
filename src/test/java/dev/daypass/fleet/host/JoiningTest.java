package dev.daypass.fleet.host;

import static dev.daypass.fleet.host.FleetScenario.ADDRESS;
import static dev.daypass.fleet.host.FleetScenario.DB;
import static dev.daypass.fleet.host.FleetScenario.DB_1;
import static dev.daypass.fleet.host.FleetScenario.HOUR;
import static dev.daypass.fleet.host.FleetScenario.OPERATOR;
import static dev.daypass.fleet.host.FleetScenario.WEB;
import static dev.daypass.fleet.host.FleetScenario.WEB_1;
import static dev.daypass.fleet.host.FleetScenario.assertRefused;
import static dev.daypass.fleet.host.FleetScenario.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.fleet.ServerMode;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.SshPublicKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JoiningTest {
  @TempDir private Path folder;
  private FleetScenario fleet;
  private final SshPublicKey key = newKey();

  @BeforeEach
  void open() throws Exception {
    fleet = new FleetScenario(folder);
  }

  @AfterEach
  void close() throws Exception {
    fleet.close();
  }

  @Test
  void aTokenTellsTheServerWhatItNeedsAndOneSecret() {
    String first = fleet.token(DB_1, DB);
    List<String> lines = lines(first);
    assertThat(lines.subList(0, 5))
        .containsExactly(
            "name db-1.prod.example.com",
            "label env=prod",
            "label tier=db",
            "root " + fleet.root,
            "url https://ca.example.com:8443");
    assertThat(lines.get(5)).matches("valid-until 20[0-9-]{8}T[0-9:]{8}Z");
    assertThat(lines.get(6)).matches("secret [A-Za-z0-9_-]{43}");
    assertThat(lines(fleet.token(DB_1, DB)).get(6)).isNotEqualTo(lines.get(6));
    assertThat(JoinToken.parse(first).orElseThrow()).hasToString("dpj1.…");
  }

  @Test
  void joinsUnderTheTokensNameAndLabelsAndSaysSoInTheLedger() throws Exception {
    JoinedHost host =
        FleetScenario.joined(fleet.joining.join(key, fleet.token(DB_1, DB), ServerMode.PROOF));
    assertThat(host.name()).isEqualTo(DB_1);
    assertThat(host.labels()).isEqualTo(DB);
    assertThat(host.mode()).isEqualTo(ServerMode.PROOF);
    assertThat(fleet.registry.ofKey(key)).contains(host);
    assertThat(fleet.directory.find(DB_1)).contains(host.host());
    JsonObject entry = fleet.entries(EntryKind.HOST_JOINED).getFirst();
    assertThat(entry.text("host")).contains("db-1.prod.example.com");
    assertThat(entry.text("key")).contains(key.line());
    assertThat(entry.text("mode")).contains("proof");
    assertThat(entry.text("by")).contains(OPERATOR);
    assertThat(entry.object("labels").orElseThrow().text("tier")).contains("db");
  }

  @Test
  void aTokenIsGoodOnce() {
    String token = fleet.token(DB_1, DB);
    FleetScenario.joined(fleet.joining.join(key, token, ServerMode.FILE));
    assertRefused(fleet.joining.join(newKey(), token, ServerMode.FILE), HostFault.TOKEN_USED);
    assertRefused(fleet.joining.join(key, token, ServerMode.FILE), HostFault.TOKEN_USED);
  }

  @Test
  void ofManyServersWithOneTokenOneJoins() throws Exception {
    String token = fleet.token(DB_1, DB);
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JoinOutcome>> outcomes =
          IntStream.range(0, 16)
              .mapToObj(_ ->
                  threads.submit(() -> {
                    start.await();
                    return fleet.joining.join(newKey(), token, ServerMode.FILE);
                  }))
              .toList();
      start.countDown();
      int joined = 0;
      for (Future<JoinOutcome> outcome : outcomes) {
        joined += outcome.get() instanceof JoinOutcome.Joined ? 1 : 0;
      }
      assertThat(joined).isEqualTo(1);
    }
    assertThat(fleet.entries(EntryKind.HOST_JOINED)).hasSize(1);
  }

  @Test
  void aTokenEnds() {
    String token = fleet.token(DB_1, DB);
    fleet.ledger.clock().pass(HOUR);
    assertRefused(fleet.joining.join(key, token, ServerMode.FILE), HostFault.TOKEN_EXPIRED);
    fleet.ledger.clock().pass(Duration.ofDays(8));
    fleet.token(WEB_1, WEB);
    assertRefused(fleet.joining.join(key, token, ServerMode.FILE), HostFault.TOKEN_INVALID);
  }

  @Test
  void noOtherWordIsAToken() {
    String token = fleet.token(DB_1, DB);
    String last = token.endsWith("A") ? "B" : "A";
    for (String word :
        List.of("", "dpj1.", token + "A", token.substring(0, token.length() - 1) + last)) {
      assertRefused(fleet.joining.join(key, word, ServerMode.FILE), HostFault.TOKEN_INVALID);
    }
  }

  @Test
  void aJoinedNameIsNotTakenOver() {
    String early = fleet.token(DB_1, WEB);
    JoinedHost host = fleet.joined(key, DB_1, DB);
    assertRefused(fleet.joining.token(DB_1, WEB, HOUR, OPERATOR), HostFault.NAME_TAKEN);
    assertRefused(fleet.joining.join(newKey(), early, ServerMode.FILE), HostFault.NAME_TAKEN);
    assertRefused(
        fleet.joining.ask(newKey(), DB_1, ServerMode.FILE, ADDRESS), HostFault.NAME_TAKEN);
    assertThat(fleet.registry.find(DB_1)).contains(host);
  }

  @Test
  void aKeyHasOneName() {
    fleet.joined(key, DB_1, DB);
    String token = fleet.token(WEB_1, WEB);
    assertRefused(fleet.joining.join(key, token, ServerMode.FILE), HostFault.KEY_IN_USE);
    assertRefused(fleet.joining.ask(key, WEB_1, ServerMode.FILE, ADDRESS), HostFault.KEY_IN_USE);
    assertThat(FleetScenario.joined(fleet.joining.join(newKey(), token, ServerMode.FILE)).name())
        .as("the refusal did not use the token up")
        .isEqualTo(WEB_1);
  }

  @Test
  void aServerThatJoinsCountsInsteadOfWhatConfigurationSays() {
    assertThat(fleet.directory.find(WEB_1).orElseThrow().labels())
        .isEqualTo(Map.of("env", "known"));
    fleet.joined(key, WEB_1, WEB);
    assertThat(fleet.directory.find(WEB_1).orElseThrow().labels()).isEqualTo(WEB);
    fleet.registry.remove(WEB_1, OPERATOR, "gone");
    assertThat(fleet.directory.find(WEB_1).orElseThrow().labels())
        .isEqualTo(Map.of("env", "known"));
  }

  @Test
  void takesOnlyKeysThatMayStandForAServer() {
    String token = fleet.token(DB_1, DB);
    fleet.refusedKeys.add(key.fingerprint());
    assertRefused(fleet.joining.join(key, token, ServerMode.FILE), HostFault.KEY_REFUSED);
    assertRefused(fleet.joining.ask(key, DB_1, ServerMode.FILE, ADDRESS), HostFault.KEY_REFUSED);
  }

  @Test
  void takesOnlyModesThatTheBundleAllows() {
    fleet.modes.remove(ServerMode.FILE);
    assertRefused(
        fleet.joining.join(key, fleet.token(DB_1, DB), ServerMode.FILE),
        HostFault.MODE_NOT_ALLOWED);
  }

  @Test
  void refusesTokensThatLiveForEver() {
    for (Duration lifetime : List.of(Duration.ZERO, Duration.ofDays(7).plusSeconds(1))) {
      assertRefused(fleet.joining.token(DB_1, DB, lifetime, OPERATOR), HostFault.LIFETIME_INVALID);
    }
  }

  @Test
  void whoAsksWaitsForAnOperatorWhoChoosesNameAndLabels() throws Exception {
    assertThat(fleet.joining.ask(key, WEB_1, ServerMode.PROOF, ADDRESS))
        .isInstanceOf(JoinOutcome.Asked.class);
    assertThat(fleet.registry.ofKey(key)).isEmpty();
    assertThat(fleet.joining.asking()).extracting(PendingJoin::key).containsExactly(key);
    assertThat(fleet.joining.approve(key.fingerprint(), DB_1, DB, OPERATOR))
        .isInstanceOf(ChangeOutcome.Changed.class);
    assertThat(fleet.joining.asking()).isEmpty();
    assertThat(
            FleetScenario.joined(fleet.joining.ask(key, DB_1, ServerMode.PROOF, ADDRESS)).labels())
        .isEqualTo(DB);
    assertThat(fleet.entries(EntryKind.HOST_JOINED).getFirst().text("why"))
        .contains("approved; it asked as web-1.prod.example.com from 192.0.2.7");
  }

  @Test
  void approvesNobodyWhoDoesNotAsk() {
    assertRefused(
        fleet.joining.approve(key.fingerprint(), DB_1, DB, OPERATOR), HostFault.NOT_ASKING);
    fleet.joining.ask(key, DB_1, ServerMode.FILE, ADDRESS);
    fleet.ledger.clock().pass(Duration.ofDays(1).plusMillis(1));
    assertRefused(
        fleet.joining.approve(key.fingerprint(), DB_1, DB, OPERATOR), HostFault.NOT_ASKING);
  }

  @Test
  void strangersDoNotFillTheList() throws Exception {
    for (int i = 0; i < 8; i++) {
      fleet.joining.ask(newKey(), new HostName("h" + i), ServerMode.FILE, ADDRESS);
    }
    assertRefused(
        fleet.joining.ask(key, DB_1, ServerMode.FILE, ADDRESS), HostFault.TOO_MANY_ASKING);
    IpAddress elsewhere = IpAddress.parse("2001:db8::1").orElseThrow();
    assertThat(fleet.joining.ask(key, DB_1, ServerMode.FILE, elsewhere))
        .isInstanceOf(JoinOutcome.Asked.class);
    fleet.ledger.clock().pass(Duration.ofMinutes(1));
    var first = fleet.joining.asking();
    assertThat(fleet.joining.ask(key, DB_1, ServerMode.FILE, elsewhere))
        .as("asking again changes nothing")
        .isInstanceOf(JoinOutcome.Asked.class);
    assertThat(fleet.joining.asking()).isEqualTo(first);
  }

  @Test
  void aServerMayChangeItsModeByAskingAgain() throws Exception {
    fleet.joined(key, DB_1, DB);
    JoinedHost after =
        FleetScenario.joined(fleet.joining.ask(key, DB_1, ServerMode.PROOF, ADDRESS));
    assertThat(after.mode()).isEqualTo(ServerMode.PROOF);
    assertThat(fleet.entries(EntryKind.HOST_CHANGED).getFirst().text("by"))
        .contains("host db-1.prod.example.com");
  }

  private static List<String> lines(String token) {
    assertThat(token).startsWith("dpj1.");
    byte[] text = Base64.getUrlDecoder().decode(token.substring(5));
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }
}
