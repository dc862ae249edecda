package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Operator.Outcome;
import dev.daypass.bench.LongLedger;
import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.custody.KeyFile;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TreeSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever owns the machine, but not the signer's memory nor what auditors remember, changes the
 * ledger: {@code daypassd ledger verify} finds each change and names it.
 */
final class TamperIT {
  private static final int SIZE = 700;
  private static final int VICTIM = 300;

  private static LongLedger ledger;
  private static StoreFiles untouched;
  private static byte[] headThen;

  @TempDir private Path folder;
  private StoreFiles store;
  private Path published;

  @BeforeAll
  static void make(@TempDir Path kept) throws Exception {
    ledger = LongLedger.of(SIZE);
    untouched = new StoreFiles(kept.resolve("untouched.db"));
    new StoreFiles(ledger.ca().files().store()).copyTo(untouched.store());
    headThen = Files.readAllBytes(ledger.ca().files().config().ledger().head());
  }

  @BeforeEach
  void verifiedOnce() throws Exception {
    store = new StoreFiles(ca().store());
    untouched.copyTo(store.store());
    Files.write(ca().config().ledger().head(), headThen);
    published = Files.createDirectory(folder.resolve("published"));
    ledger.publish(published);
    for (Outcome good : List.of(verify(), verifyPublished())) {
      assertThat(good.exit()).as(good.toString()).isZero();
      assertThat(good.out()).startsWith("good: ").contains("entries", "700");
    }
  }

  @AfterEach
  void stop() {
    ledger.ca().stopDaemon();
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @Test
  void findsAChangedDetail() throws Exception {
    change("details", "details", "@example.com", "@exbmple.com");
    requireNamed(verify(), "entry 300  the details are not those that were hashed");
  }

  @Test
  void findsAChangedEntryInTheStore() throws Exception {
    change("entries", "entry", "\"kind\":\"certificate.g", "\"kind\":\"certificate.h");
    requireNamed(verify(), "entry 300  ", "entry 300  its hash is not the one in its tile");
  }

  @Test
  void findsAChangedEntryInThePublishedFiles() throws Exception {
    Path bundle = published.resolve("tile/entries/001");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 30] ^= 1;
    Files.write(bundle, bytes);
    requireNamed(
        verifyPublished(),
        "entry 511  its hash is not the one in its tile",
        "the ledger  another tree was signed at size 700");
  }

  @Test
  void findsAChangedTile() throws Exception {
    Path tile = published.resolve("tile/1/000.p/2");
    byte[] bytes = Files.readAllBytes(tile);
    bytes[40] ^= 1;
    Files.write(tile, bytes);
    requireNamed(verifyPublished(), "the ledger  tile 1/0 is missing or is not its tree's");
  }

  /** As if they had been erased: but no entry says so (DESIGN section 6, "Details"). */
  @Test
  void findsDetailsThatWereHidden() throws Exception {
    int hidden =
        store.update(
            "UPDATE details SET details = NULL, identity = NULL, role = NULL,"
                + " key_fingerprint = NULL, erased_by = 600 WHERE number = ?",
            VICTIM);
    assertThat(hidden).isEqualTo(1);
    requireNamed(verify(), "entry 300  its details are gone, and no later entry erased them");
  }

  @Test
  void findsARemovedEntry() throws Exception {
    store.update("DELETE FROM details WHERE number = ?", VICTIM);
    store.update("DELETE FROM entries WHERE number = ?", VICTIM);
    requireNamed(verify(), "entry 300  the entry is missing");
  }

  @Test
  void findsARemovedBundle() throws Exception {
    Files.delete(published.resolve("tile/entries/001"));
    requireNamed(
        verifyPublished(),
        "entry 256  the entry is missing",
        "the ledger  tile/entries/001 is missing");
  }

  /** Without a trace left in the store itself: only who remembers can tell. */
  @Test
  void findsATruncatedStore() throws Exception {
    truncate(500);
    Outcome found = verify();
    requireNamed(found, "the ledger  entries are missing: 700 were signed");
    assertThat(found.out()).contains("checkpoint of 700");
  }

  @Test
  void findsARestoredBackup() throws Exception {
    Path backup = folder.resolve("backup.db");
    store.copyTo(backup);
    TestCa ca = ledger.ca();
    ca.startDaemon();
    issue(ca);
    Path seen = Files.writeString(folder.resolve("seen"), ca.client().checkpoint().encode());
    ca.stopDaemon();
    Outcome good = verify("--checkpoint", seen.toString());
    assertThat(good.exit()).as(good.toString()).isZero();
    new StoreFiles(backup).copyTo(store.store());

    requireNamed(verify(), "the ledger  entries are missing: 7");
    ca.startDaemon();
    assertThat(ca.client().readiness().body()).contains("store-behind");
  }

  /** With the signer's memory put back too, as who owns both machines could. */
  @Test
  void findsTwoHistoriesThatTwoReadersWereShown() throws Exception {
    Path first = history("first", 1);
    untouched.copyTo(store.store());
    Files.write(ca().config().ledger().head(), headThen);
    Path second = history("second", 2);

    assertThat(Files.readString(first)).isNotEqualTo(Files.readString(second));
    requireNamed(
        verify("--checkpoint", first.toString(), "--checkpoint", second.toString()),
        "the ledger  two roots were signed for size");
    requireNamed(
        verify("--checkpoint", first.toString()), "the ledger  another tree was signed at size");
  }

  @Test
  void findsAForgedCheckpoint() throws Exception {
    SshSigner mallory = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    Checkpoint forged =
        new Checkpoint(CaFiles.ORIGIN, new TreeSize(SIZE), Hash.leaf(new byte[] {1}));
    byte[] raw = mallory.sign(Bytes.ofUtf8(forged.text())).blob().toArray();
    NoteKey key = NoteKey.ofEd25519(CaFiles.ORIGIN, ca().ledgerKey().point().toArray());
    SignedNote note = new SignedNote(forged.text(), List.of(NoteSignature.of(key, raw)));
    Files.writeString(published.resolve("checkpoint"), note.encode());

    String named = "the ledger  a checkpoint is not signed by this ledger's key";
    requireNamed(verifyPublished(), named);
    requireNamed(verify("--checkpoint", published.resolve("checkpoint").toString()), named);
  }

  @Test
  void findsACertificateSignedOutsideTheLedger() throws Exception {
    Certificate granted = ledger.ca().observed().certificates().getFirst();
    Path good = write("good", granted);
    Outcome fine = verify("--certificate", good.toString());
    assertThat(fine.exit()).as(fine.toString()).isZero();

    SshSigner stolen = KeyFile.read(ca().keyFile(KeyUse.USER_CA), Optional.empty());
    CertificateContent other = rooted(granted.content());
    Path inside = write("inside", signed(other, stolen));
    Path beyond = write("beyond", signed(other.withSerial(new Serial(5000)), stolen));

    String what = "a certificate with this serial was signed outside the ledger";
    Outcome found = verify("--certificate", inside.toString(), "--certificate", beyond.toString());
    requireNamed(
        found,
        "entry " + granted.content().serial() + "  " + what,
        "the ledger  serial 5000 has no entry: " + what);
  }

  private static void requireNamed(Outcome outcome, String... named) {
    assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(2);
    assertThat(outcome.out()).startsWith("not good: ").contains(named);
  }

  private CaFiles ca() {
    return ledger.ca().files();
  }

  private Outcome verify(String... more) {
    return ledgerVerify("store-memory", more);
  }

  private Outcome verifyPublished() {
    return ledgerVerify("published-memory", "--from", published.toString());
  }

  private Outcome ledgerVerify(String memory, String... more) {
    List<String> words = new ArrayList<>(List.of("ledger", "verify"));
    words.addAll(List.of("--remember", folder.resolve(memory).toString()));
    if (memory.startsWith("store") && !Files.exists(folder.resolve(memory))) {
      // The store's own checkpoint is of the commit before: the first reader also asked the daemon.
      words.addAll(List.of("--checkpoint", published.resolve("checkpoint").toString()));
    }
    words.addAll(List.of(more));
    return new Operator(ca().configFile()).run(words.toArray(String[]::new));
  }

  private void change(String table, String column, String from, String to) throws Exception {
    int changed =
        store.update(
            "UPDATE %s SET %s = CAST(replace(CAST(%s AS TEXT), ?, ?) AS BLOB) WHERE number = ?"
                .formatted(table, column, column),
            from,
            to,
            VICTIM);
    assertThat(changed).isEqualTo(1);
  }

  private void truncate(int size) throws Exception {
    ByteArrayOutputStream peaks = new ByteArrayOutputStream();
    try (SqliteDatabase database = SqliteDatabase.openForReading(store.store())) {
      StoredHashes hashes = new StoredHashes(new SqliteLedgerReader(database));
      Frontier then = Frontier.read(new TreeSize(size), hashes);
      then.peaks().forEach(peak -> peaks.writeBytes(peak.toArray()));
    }
    store.update("DELETE FROM details WHERE number >= ?", size);
    store.update("DELETE FROM entries WHERE number >= ?", size);
    store.update("DELETE FROM tiles WHERE (tile + 1) * 256 > ? AND level = 0", size);
    store.update(
        "UPDATE head SET size = ?, peaks = ?, checkpoint = NULL,"
            + " newest_at = (SELECT max(at) FROM details)",
        size,
        peaks.toByteArray());
  }

  /** A history of its own from here on, ten entries long, and its newest checkpoint. */
  private Path history(String name, long seed) throws Exception {
    return Files.writeString(folder.resolve(name), ledger.grow(SIZE + 10, seed).note().encode());
  }

  private static void issue(TestCa ca) throws IOException {
    CaAnswer answer =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519),
                ca.idp().token("alice@example.com", "dba"))
            .send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private static CertificateContent rooted(CertificateContent content) {
    return new CertificateContent(
        content.type(),
        content.nonce(),
        content.publicKey(),
        content.serial(),
        new KeyId("mallory"),
        List.of(new Principal("root")),
        content.window(),
        content.criticalOptions(),
        content.extensions(),
        content.caKey());
  }

  private static Certificate signed(CertificateContent content, SshSigner key) throws Exception {
    return new Certificate(content, key.sign(content.toBeSigned()));
  }

  private Path write(String name, Certificate certificate) throws IOException {
    return Files.writeString(folder.resolve(name), certificate.line("") + "\n");
  }
}
