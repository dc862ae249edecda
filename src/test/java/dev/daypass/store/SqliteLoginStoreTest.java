package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.ledger.StopCause;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.store.CheckMark;
import dev.daypass.login.store.LoginEnd;
import dev.daypass.login.store.LoginStore.Opening;
import dev.daypass.login.store.SealedToken;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLoginStoreTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final LoginEnd REPLACED = LoginEnd.of(new Ender.Replaced(LoginId.random(RANDOM)));
  private static final LoginEnd LOGOUT = LoginEnd.of(new Ender.Operator("root", "a lost laptop"));

  @TempDir private Path folder;
  private SqliteDatabase database;
  private SqliteLoginStore store;
  private final List<StopCause> fatal = new ArrayList<>();
  private final SshPublicKey key = newKey();

  @BeforeEach
  void open() throws Exception {
    database = SqliteDatabase.open(folder.resolve("ledger.db"));
    store = new SqliteLoginStore(database, (why, _) -> fatal.add(why));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aLoginComesBackAsItWasOverARestart() throws Exception {
    StoredLogin login = login(key, "alice");
    assertThat(store.open(login, REPLACED)).isEqualTo(Opening.OPENED);
    database.close();
    open();
    assertThat(store.find(login.id())).contains(login);
    assertThat(store.ofKey(key.fingerprint())).contains(login);
    assertThat(store.ofIdentity(login.identity().id())).containsExactly(login);
    assertThat(store.all()).containsExactly(login);
  }

  @Test
  void aKeyNeverMovesToAnotherIdentity() throws Exception {
    StoredLogin alices = login(key, "alice");
    store.open(alices, REPLACED);
    assertThat(store.open(login(key, "bob"), REPLACED)).isEqualTo(Opening.KEY_IN_USE);
    assertThat(store.end(alices.id(), LOGOUT, NOW)).isTrue();
    store.forget(alices.id());
    assertThat(store.open(login(key, "bob"), REPLACED)).isEqualTo(Opening.KEY_IN_USE);
    assertThat(store.boundTo(key.fingerprint())).contains(alices.identity().id());
    assertThat(store.open(login(key, "alice"), REPLACED)).isEqualTo(Opening.OPENED);
  }

  @Test
  void aKeyHasOneOpenLogin() throws Exception {
    StoredLogin first = login(key, "alice");
    StoredLogin second = login(key, "alice");
    store.open(first, REPLACED);
    store.open(second, REPLACED);
    assertThat(store.all()).containsExactly(second);
    assertThat(store.endings()).containsExactly(first.id());
    assertThat(store.ended(first.id()).orElseThrow().end()).isEqualTo(REPLACED);
  }

  @Test
  void anEndIsRememberedWithoutItsTokenUntilItIsForgotten() throws Exception {
    StoredLogin login = login(key, "alice");
    store.open(login, REPLACED);
    assertThat(store.end(login.id(), LOGOUT, NOW)).isTrue();
    assertThat(store.end(login.id(), LOGOUT, NOW)).as("once").isFalse();
    assertThat(store.find(login.id())).isEmpty();
    var ended = store.ended(login.id()).orElseThrow();
    assertThat(ended.end()).isEqualTo(LOGOUT);
    assertThat(ended.endedAt()).isEqualTo(NOW);
    assertThat(ended.login().token()).isEmpty();
    store.forget(login.id());
    assertThat(store.ended(login.id())).isEmpty();
    assertThat(store.endings()).isEmpty();
  }

  @Test
  void anOpenLoginIsNotForgotten() throws Exception {
    StoredLogin login = login(key, "alice");
    store.open(login, REPLACED);
    store.forget(login.id());
    assertThat(store.find(login.id())).isPresent();
  }

  @Test
  void aCheckIsInFlightUntilItsAnswerIsWritten() throws Exception {
    StoredLogin login = login(key, "alice");
    store.open(login, REPLACED);
    store.checkBegins(login.id());
    assertThat(check(login).inFlight()).isTrue();
    assertThat(store.checkPassed(login.id(), login.identity(), NOW.plusSeconds(1))).isTrue();
    assertThat(check(login)).isEqualTo(CheckMark.passed(NOW.plusSeconds(1)));
    store.checkBegins(login.id());
    store.checkUnanswered(login.id(), NOW, true);
    assertThat(check(login)).isEqualTo(new CheckMark(NOW.plusSeconds(1), Optional.of(NOW), true));
  }

  @Test
  void aRotatedTokenSettlesACheck() throws Exception {
    StoredLogin login = login(key, "alice");
    store.open(login, REPLACED);
    store.checkBegins(login.id());
    SealedToken next = new SealedToken(Bytes.ofUtf8("next"));
    store.rotate(login.id(), next);
    assertThat(store.find(login.id()).orElseThrow().token()).contains(next);
    assertThat(check(login).inFlight()).isFalse();
  }

  @Test
  void aProviderIsSilentSinceItsFirstUnansweredCheckAfterItsLastAnswer() throws Exception {
    StoredLogin first = login(key, "alice");
    StoredLogin second = login(newKey(), "alice");
    String issuer = first.identity().id().issuer();
    store.open(first, REPLACED);
    store.open(second, REPLACED);
    assertThat(store.silentSince(issuer)).isEmpty();
    store.checkUnanswered(first.id(), NOW.plusSeconds(20), false);
    store.checkUnanswered(second.id(), NOW.plusSeconds(10), false);
    assertThat(store.silentSince(issuer)).contains(NOW.plusSeconds(10));
    assertThat(store.silentSince("https://other.example.com")).isEmpty();
    var _ = store.checkPassed(second.id(), second.identity(), NOW.plusSeconds(15));
    assertThat(store.silentSince(issuer)).contains(NOW.plusSeconds(20));
    store.end(first.id(), LOGOUT, NOW);
    assertThat(store.silentSince(issuer)).isEmpty();
  }

  @Test
  void whatHasEndedTakesNoResult() throws Exception {
    StoredLogin login = login(key, "alice");
    store.open(login, REPLACED);
    store.end(login.id(), LOGOUT, NOW);
    store.rotate(login.id(), new SealedToken(Bytes.ofUtf8("late")));
    assertThat(store.checkPassed(login.id(), login.identity(), NOW)).isFalse();
    assertThat(store.ended(login.id()).orElseThrow().login().token()).isEmpty();
  }

  @Test
  void findsWhatIsDue() throws Exception {
    StoredLogin login = login(key, "alice");
    store.open(login, REPLACED);
    assertThat(store.checkedBefore(NOW)).isEmpty();
    assertThat(store.checkedBefore(NOW.plusSeconds(1))).containsExactly(login);
    assertThat(store.expired(login.until().minusMillis(1))).isEmpty();
    assertThat(store.expired(login.until())).containsExactly(login.id());
  }

  @Test
  void aWriteWhoseOutcomeIsInDoubtEndsTheProcess() throws Exception {
    execute("CREATE TRIGGER fault BEFORE INSERT ON logins BEGIN SELECT RAISE(ABORT, 'x'); END");
    assertThatThrownBy(() -> store.open(login(key, "alice"), REPLACED))
        .isInstanceOf(StoreFailed.class);
    assertThat(fatal).containsExactly(StopCause.FAILED);
  }

  @Test
  void aDamagedRowIsAFailureAndNobodysLogin() throws Exception {
    store.open(login(key, "alice"), REPLACED);
    execute("UPDATE logins SET identity = '{}'");
    assertThatThrownBy(() -> store.ofKey(key.fingerprint())).isInstanceOf(StoreFailed.class);
  }

  private CheckMark check(StoredLogin login) throws StoreFailed {
    return store.find(login.id()).orElseThrow().check();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.writer();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static SshPublicKey newKey() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }

  private static StoredLogin login(SshPublicKey key, String name) {
    Identity identity =
        new Identity(
            new IdentityId("https://idp.example.com", name),
            "okta",
            true,
            IdentityKind.PERSON,
            new Username(name),
            Email.parse(name + "@example.com"),
            Optional.of(new Account(name)),
            Set.of("dba", "sre"),
            Map.of("level", 3L, "ratio", 0.5, "on", true, "nested", Map.of("a", List.of("b"))),
            Optional.of(NOW.minusSeconds(60)),
            List.of("pwd", "otp"),
            true,
            "loopback");
    return new StoredLogin(
        LoginId.random(RANDOM),
        key,
        identity,
        "laptop",
        LoginMode.LOOPBACK,
        IpAddress.parse("2001:db8::1").orElseThrow(),
        NOW,
        NOW.plus(Duration.ofHours(10)),
        Optional.of(new SealedToken(Bytes.ofUtf8("sealed"))),
        CheckMark.passed(NOW));
  }
}
