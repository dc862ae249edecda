package dev.daypass.fleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.fleet.HostDirectory;
import dev.daypass.fleet.ServerMode;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteHostStore;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Servers over a real SQLite store and a real ledger, with a clock that stands. */
@SuppressWarnings("try") // an interrupted close fails the test, which is what it should do
public final class FleetScenario implements AutoCloseable {
  public static final HostName DB_1 = new HostName("db-1.prod.example.com");
  public static final HostName WEB_1 = new HostName("web-1.prod.example.com");
  public static final Map<String, String> DB = Map.of("env", "prod", "tier", "db");
  public static final Map<String, String> WEB = Map.of("env", "prod", "tier", "web");
  public static final String OPERATOR = "root";
  public static final String URL = "https://ca.example.com:8443";
  static final Duration HOUR = Duration.ofHours(1);
  static final IpAddress ADDRESS = IpAddress.parse("192.0.2.7").orElseThrow();

  private static final SecureRandom RANDOM = new SecureRandom();

  public final TestLedger ledger;
  public final HostDirectory directory =
      HostDirectory.of(List.of(new Host(WEB_1, Map.of("env", "known"))));
  final Set<Fingerprint> refusedKeys = new HashSet<>();
  final Set<ServerMode> modes = EnumSet.allOf(ServerMode.class);
  final Fingerprint root = newKey().fingerprint();
  private final Path file;
  private SqliteDatabase database;
  public SqliteHostStore store;
  public HostRegistry registry;
  public Joining joining;

  public FleetScenario(Path folder) throws Exception {
    file = folder.resolve("ledger.db");
    ledger = TestLedger.over(new InMemoryLedgerStore());
    open();
  }

  /** As after the end of the process, orderly or not. */
  void restart() throws Exception {
    database.close();
    ledger.restart();
    directory.left(DB_1);
    directory.left(WEB_1);
    open();
  }

  private void open() throws Exception {
    database = SqliteDatabase.open(file);
    store =
        new SqliteHostStore(
            database,
            (why, cause) -> {
              throw new AssertionError(why.toString(), cause);
            });
    registry = HostRegistry.open(store, ledger.ledger(), directory, ledger.clock()::now, RANDOM);
    joining =
        new Joining(
            store,
            registry,
            new Joining.Terms(
                root, URL, key -> refusedKeys.contains(key.fingerprint()), () -> Set.copyOf(modes)),
            ledger.clock()::now,
            RANDOM);
  }

  public static SshPublicKey newKey() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }

  /** A token's word. */
  String token(HostName name, Map<String, String> labels) {
    return switch (joining.token(name, labels, HOUR, OPERATOR)) {
      case TokenOutcome.Made made -> made.token().word();
      case HostRefused refused -> throw new AssertionError(refused);
    };
  }

  /** Joins with a token of its own. */
  public JoinedHost joined(SshPublicKey key, HostName name, Map<String, String> labels) {
    return joined(joining.join(key, token(name, labels), ServerMode.FILE));
  }

  static JoinedHost joined(JoinOutcome outcome) {
    return switch (outcome) {
      case JoinOutcome.Joined(JoinedHost host) -> host;
      default -> throw new AssertionError(outcome);
    };
  }

  static void assertRefused(Object outcome, HostFault fault) {
    assertThat(outcome).isInstanceOf(HostRefused.class);
    assertThat(((HostRefused) outcome).fault()).isEqualTo(fault);
  }

  /** The details of every entry of that kind, the oldest first. */
  public List<JsonObject> entries(EntryKind kind) throws Exception {
    List<JsonObject> found = new ArrayList<>();
    EntrySearch all = EntrySearch.of(Optional.of(kind), SearchKeys.NONE, 1000);
    for (EntryNumber number : ledger.ledger().search(all).reversed()) {
      found.add(CanonicalJson.decodeObject(ledger.ledger().details(number).orElseThrow()));
    }
    return found;
  }

  @Override
  public void close() throws Exception {
    ledger.checkInvariants();
    ledger.close();
    database.close();
  }
}
