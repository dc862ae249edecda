package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.CertificateCall;
import dev.daypass.TestCa;
import dev.daypass.cli.CommandLineRun.Outcome;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginMode;
import dev.daypass.login.Visitor;
import dev.daypass.login.open.LoginEntries;
import dev.daypass.login.store.CheckMark;
import dev.daypass.login.store.LoginEnd;
import dev.daypass.login.store.StoredLogin;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLoginStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code daypassd logins} through the socket of a running daemon. */
final class LoginsIT {
  private static final IpAddress ADDRESS = IpAddress.parse("192.0.2.7").orElseThrow();

  @TempDir private Path folder;
  private final TestCa ca = TestCa.start();
  private final SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  @AfterEach
  void stop() {
    ca.close();
  }

  @Test
  void listsWhoIsLoggedIn() throws Exception {
    assertThat(run("logins", "list")).isEqualTo(new Outcome(0, "Nobody is logged in.\n", ""));
    StoredLogin login = loggedIn();

    Outcome outcome = run("logins", "list", "--user", "alice@example.com");

    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out().lines())
        .hasSize(6)
        .startsWith("alice@example.com  laptop", "  login   " + login.id())
        .anySatisfy(line -> assertThat(line).startsWith("  until   ").contains(" UTC, for "))
        .contains("  from    192.0.2.7 (loopback, dev)", "  key     " + login.key().fingerprint());
    assertThat(run("logins", "list", "--user", "bob@example.com").out())
        .isEqualTo("bob@example.com is not logged in.\n");
  }

  @Test
  void endsALostLaptopAndRevokesWhatItHolds() throws Exception {
    loggedIn();
    CaAnswer granted = asked();
    assertThat(granted.status()).as(granted.body()).isEqualTo(201);

    Outcome outcome =
        run("logins", "end", "--user", "alice@example.com", "--reason", "a lost laptop");

    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(outcome.out())
        .isEqualTo(
            """
            done: every login of alice@example.com has ended
              logins ended          1
              certificates revoked  1
              → to keep them out, block the account at the identity provider
            """);
    CaAnswer refused = asked();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.code()).isEqualTo("login_ended");
    assertThat(refused.body()).as("a known identity's refusal").contains("\"entry\"");
    ca.checkInvariants();
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() throws Exception {
    Outcome nobody = run("logins", "end", "--user", "bob@example.com", "--reason", "he left");
    assertThat(nobody.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(nobody.err())
        .contains("The daemon does not take it: nobody of that name is logged in.")
        .contains("daypassd logins list");
    String unknown = LoginId.random(new SecureRandom()).text();
    assertThat(run("logins", "end", "--login", unknown, "--reason", "why").err())
        .contains("There is no such open login.")
        .doesNotContain("..");
    assertThat(run("logins", "end", "--login", unknown).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run("logins", "end", "--reason", "why").exit()).isEqualTo(ExitCode.USAGE);
    ca.stopDaemon();
    Outcome away = run("logins", "list");
    assertThat(away.exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(away.err()).contains("No daemon answers", "while it runs");
  }

  /** As after a login in a browser, whose steps have tests of their own. */
  private StoredLogin loggedIn() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    StoredLogin login =
        new StoredLogin(
            LoginId.random(new SecureRandom()),
            key.publicKey(),
            alice(),
            "laptop",
            LoginMode.LOOPBACK,
            ADDRESS,
            now,
            now.plus(Duration.ofHours(1)),
            Optional.empty(),
            CheckMark.passed(now));
    new LoginEntries(ca.daemon().ledger()).bound(login, new Visitor(ADDRESS, "request-1"));
    ca.stopDaemon();
    try (SqliteDatabase database = SqliteDatabase.open(ca.files().store())) {
      LoginEnd replaced = LoginEnd.of(new Ender.Replaced(login.id()));
      new SqliteLoginStore(
              database,
              (why, cause) -> {
                throw new AssertionError(why.toString(), cause);
              })
          .open(login, replaced);
    }
    ca.startDaemon();
    return login;
  }

  /** Asks by the key alone, until the daemon's memory of requests has begun. */
  private CaAnswer asked() throws IOException {
    while (true) {
      CertificateCall call =
          ca.client()
              .certificate(key, "none")
              .withoutHeader("Daypass-Possession")
              .withoutMember("public_key");
      Instant now = Instant.now().plusSeconds(1);
      CaAnswer answer = call.header("Authorization", call.possession(key, now)).sendOnce(now);
      if (!answer.code().equals("restarted")) {
        return answer;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private Identity alice() {
    return new Identity(
        new IdentityId(ca.idp().issuer(), "alice"),
        "dev",
        true,
        IdentityKind.PERSON,
        new Username("alice@example.com"),
        Email.parse("alice@example.com"),
        Optional.of(new Account("alice")),
        Set.of("dba"),
        Map.of(),
        Optional.empty(),
        List.of("pwd"),
        false,
        LoginMode.LOOPBACK.text());
  }

  private Outcome run(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 2];
    all[0] = "--config";
    all[1] = ca.files().configFile().toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new CommandLineRun(Files.createTempDirectory(folder, "run")).runBare(all);
  }
}
