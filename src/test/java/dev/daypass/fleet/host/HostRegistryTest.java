package dev.daypass.fleet.host;

import static dev.daypass.fleet.host.FleetScenario.DB;
import static dev.daypass.fleet.host.FleetScenario.DB_1;
import static dev.daypass.fleet.host.FleetScenario.OPERATOR;
import static dev.daypass.fleet.host.FleetScenario.WEB;
import static dev.daypass.fleet.host.FleetScenario.WEB_1;
import static dev.daypass.fleet.host.FleetScenario.assertRefused;
import static dev.daypass.fleet.host.FleetScenario.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.fleet.ServerMode;
import dev.daypass.ledger.FaultyStore.Fault;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ssh.SshPublicKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostRegistryTest {
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
  void remembersServersOverARestart() throws Exception {
    JoinedHost db = fleet.joined(key, DB_1, DB);
    JoinedHost web = fleet.joined(newKey(), WEB_1, WEB);
    fleet.restart();
    assertThat(fleet.registry.all()).containsExactly(db, web);
    assertThat(fleet.registry.ofKey(key)).contains(db);
    assertThat(fleet.directory.find(DB_1)).contains(db.host());
  }

  @Test
  void relabelsAtOnceAndSaysSo() throws Exception {
    JoinedHost before = fleet.joined(key, DB_1, DB);
    assertThat(fleet.registry.relabel(DB_1, WEB, OPERATOR, "moved"))
        .isInstanceOf(ChangeOutcome.Changed.class);
    JoinedHost after = fleet.registry.find(DB_1).orElseThrow();
    assertThat(after.labels()).isEqualTo(WEB);
    assertThat(after.joined()).isEqualTo(before.joined());
    assertThat(after.changed()).isGreaterThan(before.changed());
    assertThat(fleet.directory.find(DB_1).orElseThrow().labels()).isEqualTo(WEB);
    assertThat(fleet.entries(EntryKind.HOST_CHANGED).getFirst().text("why")).contains("moved");
    fleet.restart();
    assertThat(fleet.registry.all()).containsExactly(after);
  }

  @Test
  void aServerThatLeftIsAStrangerAndItsNameIsFree() throws Exception {
    fleet.joined(key, DB_1, DB);
    fleet.registry.remove(DB_1, OPERATOR, "scrapped");
    assertThat(fleet.registry.ofKey(key)).isEmpty();
    assertThat(fleet.directory.find(DB_1)).isEmpty();
    assertThat(fleet.entries(EntryKind.HOST_LEFT)).hasSize(1);
    fleet.restart();
    assertThat(fleet.registry.all()).isEmpty();
    assertThat(fleet.joined(newKey(), DB_1, WEB).labels()).isEqualTo(WEB);
  }

  @Test
  void changesNothingWithoutAReasonOrAServer() {
    fleet.joined(key, DB_1, DB);
    assertRefused(fleet.registry.remove(DB_1, OPERATOR, " "), HostFault.REASON_MISSING);
    assertRefused(
        fleet.registry.relabel(DB_1, WEB, OPERATOR, "x".repeat(501)), HostFault.REASON_MISSING);
    assertRefused(fleet.registry.remove(WEB_1, OPERATOR, "why"), HostFault.HOST_UNKNOWN);
  }

  @Test
  void whatTheLedgerCouldNotTakeIsNotInForceAndFinishedLater() throws Exception {
    String token = fleet.token(DB_1, DB);
    fleet.ledger.store().failNextAppend(Fault.FULL);
    assertRefused(fleet.joining.join(key, token, ServerMode.FILE), HostFault.UNAVAILABLE);
    assertThat(fleet.registry.all()).isEmpty();
    assertRefused(
        fleet.joining.join(newKey(), fleet.token(DB_1, WEB), ServerMode.FILE), HostFault.HOST_BUSY);
    fleet.restart();
    fleet.registry.settle();
    assertThat(fleet.registry.ofKey(key)).map(JoinedHost::name).contains(DB_1);
    assertThat(fleet.entries(EntryKind.HOST_JOINED)).hasSize(1);
    fleet.registry.settle();
    assertThat(fleet.entries(EntryKind.HOST_JOINED)).hasSize(1);
  }

  @Test
  void anEntryThatACrashLeftIsTheChangesEntry() throws Exception {
    HostChange change =
        new HostChange(
            "id-1",
            HostChange.Kind.JOINED,
            Optional.empty(),
            DB_1,
            DB,
            key,
            ServerMode.FILE,
            OPERATOR,
            "by token",
            fleet.ledger.clock().now());
    fleet.store.begin(change, Optional.empty());
    var entry = new HostEntries(fleet.ledger.ledger()).write(change);
    fleet.restart();
    fleet.registry.settle();
    assertThat(fleet.registry.find(DB_1).orElseThrow().joined()).isEqualTo(entry);
    assertThat(fleet.entries(EntryKind.HOST_JOINED)).hasSize(1);
  }

  /** Whoever fetches its map before the change is in force must hear of it afterwards. */
  @Test
  void aMapThatIsMadeBeforeWhatACrashLeftIsOlder() throws Exception {
    JoinedHost before = fleet.joined(key, DB_1, DB);
    HostChange change =
        new HostChange(
            "id-1",
            HostChange.Kind.CHANGED,
            Optional.of(before.changed()),
            DB_1,
            WEB,
            key,
            ServerMode.FILE,
            OPERATOR,
            "moved",
            fleet.ledger.clock().now());
    fleet.store.begin(change, Optional.empty());
    var entry = new HostEntries(fleet.ledger.ledger()).write(change);
    fleet.restart();
    fleet.joined(newKey(), WEB_1, WEB);
    assertThat(fleet.registry.ofKey(key)).contains(before);
    assertThat(fleet.registry.versions().current()).isEqualTo(entry.value());
    fleet.registry.settle();
    assertThat(fleet.registry.find(DB_1).orElseThrow().changed()).isEqualTo(entry);
    assertThat(fleet.registry.versions().current()).isEqualTo(fleet.ledger.ledger().size().value());
  }

  @Test
  void aChangeOfWhatIsNoLongerSoIsRefused() {
    JoinedHost before = fleet.joined(key, DB_1, DB);
    fleet.registry.relabel(DB_1, WEB, OPERATOR, "moved");
    assertRefused(fleet.registry.changeMode(before, ServerMode.PROOF), HostFault.HOST_BUSY);
    assertThat(fleet.registry.find(DB_1).orElseThrow().labels()).isEqualTo(WEB);
  }

  @Test
  void listsServersByName() {
    fleet.joined(newKey(), WEB_1, WEB);
    fleet.joined(key, DB_1, Map.of());
    assertThat(fleet.registry.all()).extracting(JoinedHost::name).isEqualTo(List.of(DB_1, WEB_1));
  }
}
