package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.browser.Screens;
import dev.daypass.e2e.provider.Keycloak;
import dev.daypass.e2e.provider.KeycloakRealm;
import dev.daypass.ledger.entry.EntryKind;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One person's day with Keycloak: from {@code daypass init} to the lost laptop. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KeycloakLoginIT {
  private static Keycloak keycloak;
  private static KeycloakRealm realm;
  private static LoginScene scene;
  private static Laptop laptop;
  private static BrowserContext browser;
  private static CertificateFile certificate;

  @BeforeAll
  static void start() throws Exception {
    keycloak = Keycloak.running();
    realm = new KeycloakRealm(keycloak);
    scene = LoginScene.open(realm);
    laptop = scene.laptop("alice");
    browser = scene.chromium().context();
    certificate = new CertificateFile(laptop.file(".ssh/daypass/" + LoginScene.ROLE + "-cert.pub"));
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @AfterEach
  void holds() {
    scene.ca().checkInvariants();
  }

  @Test
  @Order(1)
  void oneCommandThenPlainSsh() throws Exception {
    Running init = laptop.start(laptop.daypass("init", "--yes", "--name", "alices-laptop", url()));
    LoginTrip trip = scene.trip(browser).signIn(init.url(), "alice");
    assertThat(trip.text()).contains("alice", "alices-laptop", "127.0.0.1", "SHA256:");
    Screens.take(trip.page(), "consent");
    trip.allow();
    Screens.take(trip.page(), "finish");
    trip.finish();
    Screens.take(trip.page(), "heard");
    Command.Result done = init.result();
    assertThat(done.exit()).as(done.toString()).isZero();
    assertThat(done.out()).contains("Logged in as alice").contains("Ready: ssh");
    assertThat(ssh("id -un")).isEqualTo(new Command.Result(0, scene.opened() + "\n", ""));
    assertThat(scene.details(EntryKind.LOGIN_OPENED)).as("consent and bind").hasSize(2);
  }

  @Test
  @Order(2)
  void theSecondSshNeedsNobody() throws Exception {
    certificate.renew(laptop);
    scene.ca().stopDaemon();
    try {
      assertThat(ssh("id -un").out()).isEqualTo(scene.opened() + "\n");
    } finally {
      scene.ca().startDaemon();
    }
  }

  @Test
  @Order(3)
  void anExpiredCertificateIsRenewedWithoutAWord() throws Exception {
    String before = certificate.serial();
    certificate.awaitEnd();
    assertThat(ssh("id -un")).isEqualTo(new Command.Result(0, scene.opened() + "\n", ""));
    assertThat(certificate.serial()).isNotEqualTo(before);
    assertThat(scene.details(EntryKind.LOGIN_OPENED)).as("consent and bind").hasSize(2);
  }

  @Test
  @Order(4)
  void aMoverLosesTheRoleAtTheNextCheck() throws Exception {
    realm.groups("alice", List.of("web"));
    certificate.awaitEnd();
    Command.Result refused = ssh("true");
    assertThat(refused.exit()).as(refused.toString()).isNotZero();
    assertThat(laptop.daypass("ensure", LoginScene.ROLE).run().exit()).isEqualTo(2);
    realm.groups("alice", List.of("dba"));
    scene.awaitCheckAge();
    assertThat(ssh("true").exit()).isZero();
  }

  @Test
  @Order(5)
  void aStoppedProviderIsNoLogout() throws Exception {
    keycloak.stop();
    certificate.awaitEnd();
    assertThat(ssh("id -un").out()).isEqualTo(scene.opened() + "\n");
    assertThat(scene.details(EntryKind.CERTIFICATE_GRANTED).getLast().toString()).contains("grace");
    keycloak.start();
    certificate.awaitEnd();
    assertThat(ssh("true").exit()).isZero();
    assertThat(scene.details(EntryKind.CERTIFICATE_GRANTED).getLast().toString())
        .doesNotContain("grace");
  }

  @Test
  @Order(6)
  void aDisabledPersonIsOut() throws Exception {
    certificate.renew(laptop);
    realm.enabled("alice", false);
    try {
      certificate.awaitEnd();
      Command.Result refused = laptop.daypass("ensure", LoginScene.ROLE).run();
      assertThat(refused.exit()).as(refused.toString()).isEqualTo(3);
      assertThat(refused.err()).contains("Your login has ended. Run: daypass login");
      assertThat(ssh("true").exit()).isNotZero();
      assertThat(scene.details(EntryKind.LOGIN_ENDED)).hasSize(1);
    } finally {
      realm.enabled("alice", true);
    }
  }

  @Test
  @Order(7)
  void theSameKeyLogsInAgain() throws Exception {
    Running login = laptop.start(laptop.daypass("login", "--yes"));
    scene.trip(browser).signIn(login.url(), "alice").allow().finish();
    assertThat(login.result().exit()).isZero();
    assertThat(ssh("true").exit()).isZero();
    assertThat(scene.details(EntryKind.LOGIN_OPENED)).hasSize(4);
  }

  @Test
  @Order(8)
  void aLostLaptopIsLockedOutFromAnotherOne() throws Exception {
    Laptop other = scene.laptop("other");
    Running init = other.start(other.daypass("init", "--yes", url()));
    LoginTrip trip = scene.trip(browser).signIn(init.url(), "alice");
    assertThat(trip.text()).contains("alices-laptop");
    Screens.take(trip.page(), "consent-others");
    trip.allow().finish();
    assertThat(init.result().exit()).isZero();
    certificate.renew(laptop);
    Command.Result ended = other.daypass("logout", "--all").run();
    assertThat(ended.exit()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("Logins ended: 2");
    assertThat(scene.details(EntryKind.REVOCATION_ADDED).getLast().toString())
        .contains(certificate.serial());
    certificate.awaitEnd();
    assertThat(laptop.daypass("ensure", LoginScene.ROLE).run().exit()).isEqualTo(3);
  }

  @Test
  @Order(9)
  void whoLogsOutIsOut() throws Exception {
    Running login = laptop.start(laptop.daypass("login", "--yes"));
    scene.trip(browser).signIn(login.url(), "alice").allow().finish();
    assertThat(login.result().exit()).isZero();
    assertThat(ssh("true").exit()).isZero();
    assertThat(laptop.daypass("logout").run().out())
        .contains("Logged out. Certificates revoked: 1");
    assertThat(Files.exists(certificate.path())).isFalse();
    assertThat(ssh("true").exit()).isNotZero();
  }

  private static Command.Result ssh(String command) throws Exception {
    return laptop.ssh(LoginScene.HOST, command).run();
  }

  private static String url() {
    return scene.ca().client().origin();
  }
}
