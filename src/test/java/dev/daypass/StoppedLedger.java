package dev.daypass;

import dev.daypass.custody.KeyFile;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.GeneratedLedger;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.clock.FakeClock;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.SignerKeys;
import dev.daypass.signer.SignerLimits;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerStore;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ledger of a daemon that is stopped, written under its own keys: also in the past. */
public final class StoppedLedger implements AutoCloseable {
  private final TwoSlotHeadFile head;
  private final SqliteDatabase database;
  private final SqliteLedgerStore store;
  private final LocalSigner signer;

  private StoppedLedger(
      TwoSlotHeadFile head, SqliteDatabase database, SqliteLedgerStore store, LocalSigner signer) {
    this.head = head;
    this.database = database;
    this.store = store;
    this.signer = signer;
  }

  /** What its files hold. */
  public static StoppedLedger open(CaFiles files) throws Exception {
    TwoSlotHeadFile head = TwoSlotHeadFile.open(files.config().ledger().head());
    SqliteDatabase database = SqliteDatabase.open(files.store());
    LocalSigner signer =
        LocalSigner.open(
            new SignerKeys(
                key(files, KeyUse.USER_CA), key(files, KeyUse.HOST_CA), key(files, KeyUse.LEDGER)),
            SignerLimits.ofLifetimes(Duration.ofDays(1), Duration.ofDays(1)),
            head);
    return new StoppedLedger(head, database, SqliteLedgerStore.open(database), signer);
  }

  /** Forgets the store and what the signer knows of it: as if no daemon had run. */
  public static void forget(CaFiles files) throws IOException {
    Path store = files.store();
    for (String part : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(store.resolveSibling(store.getFileName() + part));
    }
    Path head = files.config().ledger().head();
    Files.delete(head);
    TwoSlotHeadFile.create(head, CaFiles.ORIGIN);
  }

  public JsonObject details(EntryNumber number) throws Exception {
    return CanonicalJson.decodeObject(store.entry(number).orElseThrow().details().orElseThrow());
  }

  /** The entries below that number as they were drafted, but those of certificates. */
  public List<Draft> drafts(EntryNumber before) throws Exception {
    List<Draft> drafts = new ArrayList<>();
    for (StoredEntry stored : store.entries(new EntryNumber(0), (int) before.value())) {
      Entry entry = Entry.decode(stored.entry());
      JsonObject.Builder details = JsonObject.builder();
      CanonicalJson.decodeObject(stored.details().orElseThrow())
          .members()
          .forEach((name, value) -> {
            if (!name.equals("salt")) {
              details.put(name, value);
            }
          });
      if (!entry.kind().commitsToCertificate()) {
        drafts.add(
            new Draft(
                entry.kind(),
                details.build(),
                Optional.empty(),
                entry.publicPart(),
                SearchKeys.NONE));
      }
    }
    return drafts;
  }

  /** Appends these at that time, which must not be before that of the newest entry. */
  public void append(List<Draft> drafts, Instant at) throws Exception {
    FakeClock clock = new FakeClock();
    clock.jump(Duration.between(clock.now(), at));
    // Which closes its store with itself.
    try (Ledger ledger =
        Ledger.open(
            SqliteLedgerStore.open(database),
            signer,
            CaFiles.ORIGIN,
            clock,
            new SecureRandom(),
            (_, cause) -> {
              throw new AssertionError(cause);
            })) {
      for (Draft draft : drafts) {
        var _ = ledger.append(draft);
      }
    }
  }

  /**
   * Appends grants until the ledger has that size.
   *
   * @param pattern the details of a grant
   * @param seed what tells these from others
   * @param until when the last of them is granted
   */
  public SignedCheckpoint grow(JsonObject pattern, long size, long seed, Instant until)
      throws Exception {
    return new GeneratedLedger(store, signer, CaFiles.ORIGIN, pattern, seed).grow(size, until);
  }

  private static SshSigner key(CaFiles files, KeyUse use) throws Exception {
    return KeyFile.read(files.keyFile(use), Optional.empty());
  }

  @Override
  public void close() throws IOException {
    store.close();
    database.close();
    head.close();
  }
}
