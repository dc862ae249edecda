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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which identity a username and an account belong to, in SQLite. Usernames that differ only in
 * case, compatibility forms or what cannot be seen count as one: in a log they would be taken for
 * each other.
 */
public final class SqliteIdentityRegistry implements IdentityRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteIdentityRegistry.class);
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}]");
  private static final String USERNAME_OWNER =
      "SELECT issuer, subject FROM usernames WHERE username = ?";
  private static final String ACCOUNT_OWNER =
      "SELECT issuer, subject FROM accounts WHERE account = ?";

  /** About 20 MB at most. */
  private static final int MAX_REMEMBERED = 50_000;

  private final SqliteDatabase database;
  private final Fatal fatal;

  /** Guards the writing of new names; known ones need no lock. */
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Claims that the database holds. Names are never given up, accounts only by {@link #free}, and
   * the database is locked against other processes. Added to under {@link #lock}.
   */
  private final Set<Claim> remembered = ConcurrentHashMap.newKeySet();

  /** How many accounts have been freed; counted under {@link #lock}. */
  private final AtomicInteger freed = new AtomicInteger();

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
    if (remembered.contains(claim)) {
      return new Registration.Accepted();
    }
    try {
      int freedBefore = freed.get();
      // Nearly always it is known already, and then nothing is written.
      Found found = database.read(connection -> find(connection, claim));
      Registration registration = found.missing() ? write(claim) : found.registration();
      if (registration instanceof Registration.Accepted) {
        remember(claim, freedBefore);
      }
      return registration;
    } catch (StoreFailed | SQLException e) {
      LOG.error("the identity registry cannot be used", e);
      return new Registration.Unavailable();
    }
  }

  /** Whose a username is; empty if nobody has brought it. */
  public Optional<IdentityId> owner(Username username) throws StoreFailed {
    return database.read(connection -> owner(connection, USERNAME_OWNER, folded(username)));
  }

  /**
   * Usernames in their folded form and its order, from this one on.
   *
   * @param from itself included
   */
  public List<String> usernames(String from, int limit) throws StoreFailed {
    String sql = "SELECT username FROM usernames WHERE username >= ? ORDER BY username LIMIT ?";
    return database.read(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, folded(from));
        statement.setInt(2, limit);
        List<String> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            found.add(row.getString(1));
          }
        }
        return found;
      }
    });
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
      // Whatever became of it: what is not remembered is looked up.
      freed.incrementAndGet();
      remembered.clear();
      lock.unlock();
    }
  }

  /** Looks everything up again: somebody was forgotten. */
  void forgetWhatIsRemembered() {
    lock.lock();
    try {
      freed.incrementAndGet();
      remembered.clear();
    } finally {
      lock.unlock();
    }
  }

  /** What was found before an account was freed may not be remembered after that. */
  private void remember(Claim claim, int freedBefore) {
    lock.lock();
    try {
      if (freed.get() == freedBefore && remembered.size() < MAX_REMEMBERED) {
        remembered.add(claim);
      }
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

  /** One form for names that people take for the same. */
  private static String folded(Username username) {
    return folded(username.text());
  }

  private static String folded(String username) {
    return Normalizer.normalize(INVISIBLE.matcher(username).replaceAll(""), Normalizer.Form.NFKC)
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** What a look found; {@code missing} if the names are free and must be written. */
  private record Found(Registration registration, boolean missing) {}

  private record Claim(
      IdentityId id, Username username, String foldedUsername, Optional<Account> account) {
    static Claim of(Identity identity) {
      return new Claim(
          identity.id(), identity.username(), folded(identity.username()), identity.account());
    }
  }
}
