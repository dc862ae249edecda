package dev.daypass.e2e.login;

import com.microsoft.playwright.BrowserContext;
import dev.daypass.TestCa;
import dev.daypass.e2e.LocalAccounts;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.Sshd;
import dev.daypass.e2e.browser.Chromium;
import dev.daypass.e2e.provider.LoginProvider;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A certificate authority at which persons sign in through a provider's pages, a server that trusts
 * it, a browser, and laptops. Closing stops all of it.
 */
final class LoginScene implements AutoCloseable {
  /** The server's name, as {@code ssh} is asked for it. */
  static final String HOST = "db-1";

  /** The role that opens it, for the group {@code dba}; a certificate of it lasts some seconds. */
  static final String ROLE = "prod-db-debug";

  private static final String PROVIDER = "idp";

  private static final Duration CHECK_AGE = Duration.ofMillis(1100);

  /** Checks are due at once, so that a test need not wait for a leaver to be noticed. */
  private static final String LOGIN =
      """
      check-age: 1s
      device: { networks: [127.0.0.1/32] }
      """;

  private final Parts parts = new Parts();
  private final Chromium chromium;
  private final LocalAccounts accounts;
  private final LoginProvider provider;
  private final TestCa ca;
  private final Sshd sshd;
  private final String opened;

  private LoginScene(LoginProvider provider, String login, String life) throws IOException {
    this.provider = provider;
    this.chromium = parts.started(Chromium.start());
    this.accounts = parts.started(new LocalAccounts());
    this.opened = accounts.make("db");
    Path secret = Files.createTempFile("daypass-client-", "");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(secret, provider.clientSecret());
    this.ca =
        parts.started(
            TestCa.with()
                .identity(provider.identity(PROVIDER, secret))
                .login(login)
                .policy(policy(opened, life))
                .start());
    this.sshd = parts.started(Sshd.start(ca.files().userCa().line()));
    sshd.open(opened, List.of("daypass:" + ROLE));
    provider.redirectsTo(URI.create(ca.client().origin() + "/callback/" + PROVIDER));
  }

  static LoginScene open(LoginProvider provider) throws IOException {
    return new LoginScene(provider, LOGIN, "8s");
  }

  /** One where certificates live longer than any test. */
  static LoginScene lasting(LoginProvider provider) throws IOException {
    return new LoginScene(provider, LOGIN, "5m");
  }

  TestCa ca() {
    return ca;
  }

  Chromium chromium() {
    return chromium;
  }

  LoginProvider provider() {
    return provider;
  }

  /** The account that the role opens on the server. */
  String opened() {
    return opened;
  }

  Sshd sshd() {
    return sshd;
  }

  /** A new one, whose owner reaches the server as {@code ssh db-1}. */
  Laptop laptop(String name) throws IOException {
    Laptop laptop = parts.started(Laptop.of(accounts, name));
    laptop.reaches(HOST, sshd, opened);
    return laptop;
  }

  /** The browser trip of somebody who wants it. */
  LoginTrip trip(BrowserContext browser) {
    return new LoginTrip(browser.newPage(), provider);
  }

  /** Waits until the last check of a login no longer counts. */
  void awaitCheckAge() {
    long due = System.nanoTime() + CHECK_AGE.toNanos();
    for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
      LockSupport.parkNanos(due - now);
    }
  }

  /** The details of the entries of that kind, in order. */
  List<JsonObject> details(EntryKind kind) throws Exception {
    return ca.details(kind);
  }

  @Override
  public void close() {
    parts.stop();
  }

  private static String policy(String account, String life) {
    return """
    roles:
      prod-db-debug:
        description: A shell on production databases
        accounts: [%s]
        hosts: { env: prod, tier: db }
        patterns: [db-1]
        ttl: { default: %s, max: 1h }
        extensions: [permit-pty]
        allow: [{ when: '"dba" in identity.groups' }]
      on-call:
        description: Needs a reason
        accounts: [%s]
        ttl: { default: 5m, max: 1h }
        reason: required
        allow: [{ when: '"dba" in identity.groups' }]
    """
        .formatted(account, life, account);
  }
}
