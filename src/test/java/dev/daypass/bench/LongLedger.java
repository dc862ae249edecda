package dev.daypass.bench;

import dev.daypass.CaAnswer;
import dev.daypass.CaFiles;
import dev.daypass.TestCa;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.export.FolderCopy;
import dev.daypass.ledger.GeneratedLedger;
import dev.daypass.ledger.publish.PublishedTree;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.SignerKeys;
import dev.daypass.signer.SignerLimits;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerStore;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TileCover;
import dev.daypass.tlog.tile.TilePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A certificate authority whose ledger was made long, its daemon stopped. */
public final class LongLedger implements AutoCloseable {
  private final TestCa ca;
  private final SignedCheckpoint newest;

  private LongLedger(TestCa ca, SignedCheckpoint newest) {
    this.ca = ca;
    this.newest = newest;
  }

  /** Issues one certificate, and writes as many more as are needed. */
  public static LongLedger of(long size) throws Exception {
    TestCa ca = TestCa.start();
    CaAnswer answer =
        ca.client()
            .certificate(
                OpenSshPrivateKey.generate(SshKeyType.ED25519),
                ca.idp().token("alice@example.com", "dba"))
            .send();
    EntryNumber grant = new EntryNumber(Long.parseLong(answer.text("serial")));
    ca.stopDaemon();
    return new LongLedger(ca, grown(ca, grant, size, 0));
  }

  /**
   * Another history of the same ledger from where its store and its signer's head stand now.
   *
   * @param seed what tells it from others
   * @return its newest checkpoint, of that size
   */
  public SignedCheckpoint grow(long size, long seed) throws Exception {
    return grown(ca, new EntryNumber(newest.checkpoint().size().value() - 1), size, seed);
  }

  private static SignedCheckpoint grown(TestCa ca, EntryNumber grant, long size, long seed)
      throws Exception {
    CaFiles files = ca.files();
    try (TwoSlotHeadFile head = TwoSlotHeadFile.open(files.config().ledger().head());
        SqliteDatabase database = SqliteDatabase.open(files.store());
        SqliteLedgerStore store = SqliteLedgerStore.open(database)) {
      LocalSigner signer =
          LocalSigner.open(
              new SignerKeys(
                  KeyFile.read(files.keyFile(KeyUse.USER_CA), Optional.empty()),
                  KeyFile.read(files.keyFile(KeyUse.HOST_CA), Optional.empty()),
                  KeyFile.read(files.keyFile(KeyUse.LEDGER), Optional.empty())),
              SignerLimits.ofLifetimes(Duration.ofDays(1), Duration.ofDays(1)),
              head);
      return new GeneratedLedger(store, signer, CaFiles.ORIGIN, grant, seed).grow(size);
    }
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
