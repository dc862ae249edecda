package dev.daypass.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean for the failure rules of DESIGN, section 6. */
final class Faults {
  private static final int PRIMARY_CODE = 0xff;

  private Faults() {}

  /** SQLITE_FULL, which is also how SQLite reports ENOSPC. */
  static boolean isFull(SQLException e) {
    return is(e, SQLiteErrorCode.SQLITE_FULL);
  }

  /** A lock that another connection held for longer than the busy timeout. */
  static boolean isBusy(SQLException e) {
    return is(e, SQLiteErrorCode.SQLITE_BUSY) || is(e, SQLiteErrorCode.SQLITE_LOCKED);
  }

  /** The answer to a ROLLBACK after SQLite has rolled back on its own. */
  static boolean isNoTransaction(SQLException e) {
    return is(e, SQLiteErrorCode.SQLITE_ERROR)
        && String.valueOf(e.getMessage()).contains("no transaction is active");
  }

  private static boolean is(SQLException e, SQLiteErrorCode code) {
    return e instanceof SQLiteException sqlite
        && (sqlite.getResultCode().code & PRIMARY_CODE) == code.code;
  }
}
