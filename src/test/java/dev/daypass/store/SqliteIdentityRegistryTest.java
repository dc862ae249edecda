package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Account;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Registration;
import dev.daypass.identity.Username;
import dev.daypass.ledger.StopCause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteIdentityRegistryTest {
  private static final Registration ACCEPTED = new Registration.Accepted();

  @TempDir private Path folder;
  private SqliteDatabase database;
  private SqliteIdentityRegistry registry;
  private final List<StopCause> fatal = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    registry = new SqliteIdentityRegistry(database, (why, _) -> fatal.add(why));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void acceptsAnIdentityAgainAndAgain() {
    Identity alice = identity("okta", "1", "alice", "alice");
    assertThat(registry.register(alice)).isEqualTo(ACCEPTED);
    assertThat(registry.register(alice)).isEqualTo(ACCEPTED);
  }

  @Test
  void refusesTheUsernameOfAnother() {
    registry.register(identity("okta", "1", "alice", "alice"));
    assertThat(registry.register(identity("ci", "1", "alice", "other")))
        .isEqualTo(new Registration.UsernameTaken(new Username("alice")));
    assertThat(registry.register(identity("okta", "2", "alice", "other")))
        .isInstanceOf(Registration.UsernameTaken.class);
  }

  @Test
  void takesLookAlikesForOneUsername() {
    registry.register(identity("okta", "1", "alice", "alice"));
    assertThat(registry.register(identity("okta", "2", "Alice", "alice2")))
        .isInstanceOf(Registration.UsernameTaken.class);
    for (String other : List.of("\uff41lice", "al\u200bice", "alice ", "\u00a0alice", "alice\0")) {
      assertThat(registry.register(identity("okta", "3", other, "alice3")))
          .as(other)
          .isInstanceOf(Registration.UsernameTaken.class);
    }
  }

  @Test
  void refusesTheAccountOfAnotherAndClaimsNothingThen() {
    registry.register(identity("okta", "1", "alice@a.example", "alice"));
    assertThat(registry.register(identity("okta", "2", "alice@b.example", "alice")))
        .isEqualTo(new Registration.AccountTaken(new Account("alice")));
    assertThat(registry.register(identity("okta", "3", "alice@b.example", "alice3")))
        .isEqualTo(ACCEPTED);
  }

  @Test
  void givesAnAccountToAnotherOnceItIsFreed() throws Exception {
    registry.register(identity("okta", "1", "alice@a.example", "alice"));
    registry.free(new Account("alice"));
    assertThat(registry.register(identity("okta", "2", "alice@b.example", "alice")))
        .isEqualTo(ACCEPTED);
    assertThat(registry.register(identity("okta", "1", "alice@a.example", "alice")))
        .isInstanceOf(Registration.AccountTaken.class);
  }

  @Test
  void asksTheDatabaseOnlyForWhomItDoesNotRemember() throws Exception {
    Identity alice = identity("okta", "1", "alice", "alice");
    registry.register(alice);
    database.close();
    Files.delete(folder.resolve("ledger.db"));
    assertThat(registry.register(alice)).isEqualTo(ACCEPTED);
    assertThat(registry.register(identity("okta", "2", "bob", "bob")))
        .isEqualTo(new Registration.Unavailable());
  }

  @Test
  void remembersOverARestart() throws Exception {
    registry.register(identity("okta", "1", "alice", "alice"));
    database.close();
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    registry = new SqliteIdentityRegistry(database, (why, _) -> fatal.add(why));
    assertThat(registry.register(identity("okta", "2", "alice", "bob")))
        .isInstanceOf(Registration.UsernameTaken.class);
  }

  @Test
  void givesANameToExactlyOneOfManyWhoComeTogether() {
    List<CompletableFuture<Registration>> all;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      all =
          IntStream.range(0, 16)
              .mapToObj(i -> identity("okta", "s" + i, "shared", "account" + i))
              .map(identity ->
                  CompletableFuture.supplyAsync(() -> registry.register(identity), executor))
              .toList();
    }
    assertThat(all.stream().map(CompletableFuture::join).filter(ACCEPTED::equals)).hasSize(1);
  }

  @Test
  void tellsThatItCannotBeKnown() throws Exception {
    execute("DROP TABLE accounts");
    assertThat(registry.register(identity("okta", "1", "alice", "alice")))
        .isEqualTo(new Registration.Unavailable());
    assertThat(fatal).as("a read that failed leaves nothing in doubt").isEmpty();
  }

  @Test
  void endsTheProcessAfterAWriteWhoseOutcomeIsInDoubt() throws Exception {
    execute(
        "CREATE TRIGGER fault BEFORE INSERT ON usernames BEGIN SELECT RAISE(ABORT, 'fault'); END");
    assertThat(registry.register(identity("okta", "1", "alice", "alice")))
        .isEqualTo(new Registration.Unavailable());
    assertThat(fatal).containsExactly(StopCause.FAILED);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.writer();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Identity identity(String issuer, String subject, String username, String account) {
    return new Identity(
        new IdentityId("https://" + issuer + ".example.com", subject),
        issuer,
        true,
        IdentityKind.PERSON,
        new Username(username),
        Optional.empty(),
        Optional.of(new Account(account)),
        Set.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        false,
        "bearer");
  }
}
