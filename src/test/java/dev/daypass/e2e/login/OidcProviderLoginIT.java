package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.provider.OidcProvider;
import dev.daypass.ledger.entry.EntryKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main path of {@link KeycloakLoginIT} with a provider of another make. */
final class OidcProviderLoginIT {
  @Test
  void fromInitToLogout() throws Exception {
    try (OidcProvider provider = OidcProvider.start();
        LoginScene scene = LoginScene.open(provider);
        BrowserContext browser = scene.chromium().withoutScripts()) {
      Laptop laptop = scene.laptop("alice");
      CertificateFile certificate =
          new CertificateFile(laptop.file(".ssh/daypass/" + LoginScene.ROLE + "-cert.pub"));
      Running init = laptop.start(laptop.daypass("init", "--yes", scene.ca().client().origin()));
      scene.trip(browser).signIn(init.url(), "alice").allow().finish();
      Command.Result done = init.result();
      assertThat(done.exit()).as(done.toString()).isZero();
      assertThat(ssh(laptop).out()).isEqualTo(scene.opened() + "\n");

      scene.ca().restart();
      certificate.awaitEnd();
      Command.Result renewed = ssh(laptop);
      assertThat(renewed.exit()).as("renewed after a restart: %s", renewed).isZero();

      provider.groups("alice", List.of());
      certificate.awaitEnd();
      assertThat(ssh(laptop).exit()).as("after the move").isNotZero();
      assertThat(laptop.daypass("ensure", LoginScene.ROLE).run().exit()).isEqualTo(2);

      provider.groups("alice", List.of("dba"));
      scene.awaitCheckAge();
      assertThat(ssh(laptop).exit()).as("after the way back").isZero();
      assertThat(laptop.daypass("logout").run().exit()).isZero();
      assertThat(ssh(laptop).exit()).as("after the logout").isNotZero();
      assertThat(scene.details(EntryKind.LOGIN_OPENED)).as("consent and bind").hasSize(2);
      assertThat(scene.details(EntryKind.LOGIN_ENDED)).hasSize(1);
      scene.ca().checkInvariants();
    }
  }

  private static Command.Result ssh(Laptop laptop) throws Exception {
    return laptop.ssh(LoginScene.HOST, "id -un").run();
  }
}
