package dev.daypass.fleet.key;

import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.fleet.WitnessPolicy;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.policy.host.HostName;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A ledger with its keys, and whatever a change of keys may find around it. */
final class KeyScenario implements KeySurroundings {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final KeyLife.Asker ANNA = new KeyLife.Asker("anna", Optional.empty());
  static final KeyLife.Asker ANNA_INSISTS = new KeyLife.Asker("anna", Optional.of("it burns"));

  final TestLedger test = TestLedger.empty(new InMemoryLedgerStore());
  final SshPublicKey userCa = key();
  final SshPublicKey hostCa = key();
  final SshPublicKey ledgerKey = test.ledgerKey();
  final SshPublicKey channel = key();
  final List<SshPublicKey> userCas = new ArrayList<>(List.of(userCa));
  final List<SshPublicKey> hostCas = new ArrayList<>(List.of(hostCa));
  final List<TrustBundle> bundles = new ArrayList<>();
  final Set<HostName> without = new HashSet<>();
  final Set<Fingerprint> revoked = new HashSet<>();
  Optional<Instant> published = Optional.of(NOW.minus(Duration.ofDays(1)));
  long living;
  final KeyBook book;
  final KeyLife life;

  KeyScenario() throws Exception {
    test.append(
        Draft.published(
            EntryKind.LEDGER_CREATED,
            JsonObject.EMPTY,
            PublicPart.ledgerCreated(
                TestLedger.ORIGIN, Map.of("ledger", ledgerKey.fingerprint()), Optional.empty())));
    book = KeyBook.read(test.store());
    test.ledger().follow(book);
    write(EntryKind.CA_KEY_ADDED, KeyUse.USER_CA, userCa);
    write(EntryKind.CA_KEY_ACTIVATED, KeyUse.USER_CA, userCa);
    write(EntryKind.CA_KEY_ADDED, KeyUse.HOST_CA, hostCa);
    write(EntryKind.CA_KEY_ACTIVATED, KeyUse.HOST_CA, hostCa);
    publish(List.of(userCa), List.of(hostCa));
    life = new KeyLife(test.ledger(), book, this, Duration.ofHours(10), () -> NOW);
  }

  static SshPublicKey key() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }

  void write(EntryKind kind, KeyUse use, SshPublicKey key) throws Exception {
    JsonObject details =
        JsonObject.builder().put("key", key.line()).put("use", use.keyName()).build();
    test.append(Draft.published(kind, details, PublicPart.caKey(key.fingerprint())));
  }

  /** The next trust bundle. */
  void publish(List<SshPublicKey> userCaKeys, List<SshPublicKey> hostCaKeys) {
    bundles.add(
        new TrustBundle(
            bundles.size() + 1,
            NOW.plus(Duration.ofDays(365)),
            TestLedger.ORIGIN,
            userCaKeys,
            hostCaKeys,
            List.of(ledgerKey),
            List.of(channel),
            Optional.empty(),
            WitnessPolicy.NONE,
            Set.of(ServerMode.FILE)));
  }

  /** A user CA key that is configured and next. */
  SshPublicKey next() throws Exception {
    SshPublicKey key = key();
    userCas.add(key);
    life.add(KeyUse.USER_CA, Optional.empty(), false, ANNA);
    return key;
  }

  KeyStage stage(SshPublicKey key) {
    return book.find(key.fingerprint()).orElseThrow().stage();
  }

  @Override
  public PublicKeys reload() throws IOException {
    return new PublicKeys(userCas, hostCas, List.of(ledgerKey));
  }

  @Override
  public List<TrustBundle> bundles() {
    return bundles;
  }

  @Override
  public Optional<Instant> publishedAt(long bundle) {
    return published;
  }

  @Override
  public List<HostName> without(long bundle) {
    return without.stream().sorted().toList();
  }

  @Override
  public long living(StagedKey key) {
    return living;
  }

  @Override
  public Optional<String> revoke(Fingerprint caKey, String operator, String why) {
    return revoked.add(caKey) ? Optional.empty() : Optional.of("twice");
  }
}
