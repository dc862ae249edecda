package dev.daypass.bench;

import dev.daypass.CaAnswer;
import dev.daypass.StoppedLedger;
import dev.daypass.TestCa;
import dev.daypass.export.FolderCopy;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.publish.PublishedTree;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerStore;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TileCover;
import dev.daypass.tlog.tile.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A certificate authority whose ledger was made long, its daemon stopped. */
public final class LongLedger implements AutoCloseable {
  private static final String DUTIES =
      "duties:\n  auditor: { allow: [{ when: '\"audit\" in identity.groups' }] }\n";
  private static final String CLIENT = "client-id: daypass\n    client-auth: none";

  /** Longer than any of its certificates lives, so that a start has none to remember. */
  private static final Duration QUIET = Duration.ofMinutes(6);

  private final TestCa ca;
  private final SignedCheckpoint newest;

  private LongLedger(TestCa ca, SignedCheckpoint newest) {
    this.ca = ca;
    this.newest = newest;
  }

  /** Issues one certificate, and writes as many more as are needed, all of this moment. */
  public static LongLedger of(long size) throws Exception {
    TestCa ca = TestCa.start();
    EntryNumber grant = issue(ca);
    ca.stopDaemon();
    try (StoppedLedger ledger = StoppedLedger.open(ca.files())) {
      return new LongLedger(ca, ledger.grow(ledger.details(grant), size, 0, Instant.now()));
    }
  }

  /** The same for auditors who look back: its first entry is so old, and the others follow. */
  public static LongLedger ofAge(long size, Duration age) throws Exception {
    TestCa ca = TestCa.start();
    Path policy = ca.files().config().policy();
    Files.writeString(policy, Files.readString(policy) + DUTIES);
    ca.restartAs(config -> config.replace("preset: generic", "preset: generic\n    " + CLIENT));
    EntryNumber grant = issue(ca);
    ca.stopDaemon();
    JsonObject pattern;
    List<Draft> opening;
    try (StoppedLedger ledger = StoppedLedger.open(ca.files())) {
      pattern = ledger.details(grant);
      opening = ledger.drafts(grant);
    }
    StoppedLedger.forget(ca.files());
    try (StoppedLedger ledger = StoppedLedger.open(ca.files())) {
      ledger.append(opening, Instant.now().minus(age));
      return new LongLedger(ca, ledger.grow(pattern, size, 0, Instant.now().minus(QUIET)));
    }
  }

  /**
   * Another history of the same ledger from where its store and its signer's head stand now.
   *
   * @param seed what tells it from others
   * @return its newest checkpoint, of that size
   */
  public SignedCheckpoint grow(long size, long seed) throws Exception {
    try (StoppedLedger ledger = StoppedLedger.open(ca.files())) {
      EntryNumber last = new EntryNumber(newest.checkpoint().size().value() - 1);
      return ledger.grow(ledger.details(last), size, seed, Instant.now());
    }
  }

  private static EntryNumber issue(TestCa ca) throws IOException {
    CaAnswer answer =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519),
                ca.idp().token("alice@example.com", "dba"))
            .send();
    return new EntryNumber(Long.parseLong(answer.text("serial")));
  }

  /** The identity provider of everybody in it. */
  public String issuer() {
    return ca.idp().issuer();
  }

  public TestCa ca() {
    return ca;
  }

  /** The checkpoint of all of it. */
  public SignedCheckpoint newest() {
    return newest;
  }

  /** Writes the published files there, without the care that a copy takes. */
  public void publish(Path folder) throws Exception {
    try (SqliteDatabase database = SqliteDatabase.open(ca.files().store());
        SqliteLedgerStore store = SqliteLedgerStore.open(database)) {
      TreeSize size = newest.checkpoint().size();
      PublishedTree tree = new PublishedTree(store, () -> size);
      for (TilePath path : TileCover.between(TreeSize.ZERO, size)) {
        Path file = folder.resolve(path.path());
        Files.createDirectories(file.getParent());
        Files.write(file, tree.file(path).orElseThrow().toArray());
      }
      new FolderCopy(folder).write("checkpoint", Bytes.ofUtf8(newest.note().encode()));
    }
  }

  @Override
  public void close() {
    ca.close();
  }
}
