package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.store.SqliteCountStore;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteHostStore;
import dev.daypass.store.SqliteIdentityRegistry;
import dev.daypass.store.SqliteLedgerStore;
import dev.daypass.store.SqliteLoginStore;
import dev.daypass.store.SqlitePersonalRecords;
import java.io.IOException;
import java.nio.file.Path;

/** Everything durable, which lies in one database. */
record Stores(
    Path file,
    SqliteLedgerStore ledger,
    SqliteLoginStore logins,
    SqliteIdentityRegistry identities,
    SqliteHostStore hosts,
    SqlitePersonalRecords people,
    SqliteCountStore counts) {
  static Stores open(DaypassConfig config, Exit exit, RunningParts parts)
      throws IOException, StoreFailed {
    Path file = config.store().sqlite();
    SqliteDatabase database = parts.started(SqliteDatabase.open(file));
    SqliteIdentityRegistry identities =
        new SqliteIdentityRegistry(database, exit::afterDoubtfulCommit);
    return new Stores(
        file,
        SqliteLedgerStore.open(database),
        new SqliteLoginStore(database, exit::afterDoubtfulCommit),
        identities,
        new SqliteHostStore(database, exit::afterDoubtfulCommit),
        new SqlitePersonalRecords(database, identities, exit::afterDoubtfulCommit),
        new SqliteCountStore(database, exit::afterDoubtfulCommit));
  }

  /** Whether less than a fifth of the volume is left. */
  boolean isSpaceScarce() {
    var volume = file.toFile();
    return volume.getUsableSpace() < volume.getTotalSpace() / 5;
  }
}
