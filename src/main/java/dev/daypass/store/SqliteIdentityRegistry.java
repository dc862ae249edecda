package dev.daypass.store;

import dev.daypass.identity.Account;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.identity.Registration;
import dev.daypass.identity.Username;
import dev.daypass.ledger.Fatal;
import dev.daypass.ledger.StopCause;
import dev.daypass.ledger.store.StoreFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which identity a username and an account belong to, in SQLite. Usernames that differ only in case
 * or compatibility forms count as one: in a log they would be taken for each other.
 */
public final class SqliteIdentityRegistry implements IdentityRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteIdentityRegistry.class);
  private static final String USERNAME_OWNER =
      "SELECT issuer, subject FROM usernames WHERE username = ?";
  private static final String ACCOUNT_OWNER =
      "SELECT issuer, subject FROM accounts WHERE account = ?";

  private final SqliteDatabase database;
  private final Fatal fatal;

  /** Guards the writing of new names; known ones need no lock. */
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param fatal ends the process after a commit whose outcome is in doubt: the write-ahead log is
   *     the ledger's too, and its next commit would build on what a failed sync has lost
   */
  public SqliteIdentityRegistry(SqliteDatabase database, Fatal fatal) {
    this.database = database;
    this.fatal = fatal;
  }

  @Override
  public Registration register(Identity identity) {
    Claim claim = Claim.of(identity);
    try {
      // Nearly always it is known already, and then nothing is written.
      Found found = database.read(connection -> find(connection, claim));
      return found.missing() ? write(claim) : found.registration();
    } catch (StoreFailed | SQLException e) {
      LOG.error("the identity registry cannot be used", e);
      return new Registration.Unavailable();
    }
  }

  /** Frees an account, so that another identity may bring it. */
  public void free(Account account) throws StoreFailed {
    lock.lock();
    try (Connection connection = database.writer();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM accounts WHERE account = ?")) {
      delete.setString(1, account.text());
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new StoreFailed("cannot free an account", e);
    } finally {
      lock.unlock();
    }
  }

  private Registration write(Claim claim) throws SQLException {
    lock.lock();
    try (Connection connection = database.writer();
        Statement control = connection.createStatement()) {
      return write(claim, connection, control);
    } finally {
      lock.unlock();
    }
  }

  private Registration write(Claim claim, Connection connection, Statement control)
      throws SQLException {
    try {
      control.execute("BEGIN IMMEDIATE");
      Found found = find(connection, claim);
      if (found.missing()) {
        insert(connection, "usernames", claim.foldedUsername(), claim.id());
        if (claim.account().isPresent()) {
          insert(connection, "accounts", claim.account().get().text(), claim.id());
        }
      }
      control.execute("COMMIT");
      return found.registration();
    } catch (SQLException e) {
      if (!Faults.isFull(e) && !Faults.isBusy(e)) {
        fatal.stop(StopCause.FAILED, e);
      }
      throw e; // closing the connection rolls back what was not committed
    }
  }

  private static void insert(Connection connection, String table, String name, IdentityId id)
      throws SQLException {
    String sql = "INSERT OR IGNORE INTO " + table + " VALUES (?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      statement.setString(2, id.issuer());
      statement.setString(3, id.subject());
      statement.executeUpdate();
    }
  }

  private static Found find(Connection connection, Claim claim) throws SQLException {
    Optional<IdentityId> user = owner(connection, USERNAME_OWNER, claim.foldedUsername());
    if (user.isPresent() && !user.get().equals(claim.id())) {
      return new Found(new Registration.UsernameTaken(claim.username()), false);
    }
    boolean missing = user.isEmpty();
    if (claim.account().isPresent()) {
      Account account = claim.account().get();
      Optional<IdentityId> holder = owner(connection, ACCOUNT_OWNER, account.text());
      if (holder.isPresent() && !holder.get().equals(claim.id())) {
        return new Found(new Registration.AccountTaken(account), false);
      }
      missing |= holder.isEmpty();
    }
    return new Found(new Registration.Accepted(), missing);
  }

  private static Optional<IdentityId> owner(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new IdentityId(row.getString(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  /** What a look found; {@code missing} if the names are free and must be written. */
  private record Found(Registration registration, boolean missing) {}

  private record Claim(
      IdentityId id, Username username, String foldedUsername, Optional<Account> account) {
    static Claim of(Identity identity) {
      String folded =
          Normalizer.normalize(identity.username().text(), Normalizer.Form.NFKC)
              .toLowerCase(Locale.ROOT);
      return new Claim(identity.id(), identity.username(), folded, identity.account());
    }
  }
}
