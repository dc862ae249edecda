package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.daypass.CaAnswer;
import dev.daypass.e2e.Command;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.provider.OidcProvider;
import dev.daypass.ledger.entry.EntryKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * CASES 69 and 75 for who takes too long, by the clock on the wall: minutes, and so in the long
 * form alone. By a clock that is moved the same is {@code LoginBindTest} and {@code
 * DeviceLoginTest}.
 */
@Tag("long")
final class SlowLoginIT {
  private static final Duration PROOF = Duration.ofSeconds(61);
  private static final Duration CODE = Duration.ofSeconds(301);
  private static final Parts PARTS = new Parts();

  private static LoginScene scene;

  @BeforeAll
  static void start() throws Exception {
    OidcProvider provider = PARTS.started(OidcProvider.start());
    scene = PARTS.started(LoginScene.lasting(provider));
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @AfterEach
  void holds() {
    scene.ca().checkInvariants();
  }

  @Test
  void aProofIsWorthNothingAfterAMinute() throws Exception {
    Laptop laptop = scene.laptop("slow");
    Terminal terminal = Terminal.of(scene.ca());
    assertThat(terminal.start().status()).isEqualTo(201);
    try (BrowserContext reader = scene.chromium().context();
        BrowserContext browser = scene.chromium().context()) {
      LoginTrip read = scene.trip(reader).signIn(terminal.url(), "bob").allow();
      String proof = read.page().locator("input[name=proof]").inputValue();
      Running init = laptop.start(laptop.daypass("init", "--yes", scene.ca().client().origin()));
      LoginTrip trip = scene.trip(browser).signIn(init.url(), "alice").allow();
      pass(trip.page(), PROOF);

      CaAnswer bound = terminal.bind(Optional.of(proof));
      assertThat(bound.status()).as(bound.body()).isEqualTo(401);
      assertThat(bound.code()).isEqualTo("proof_invalid");
      trip.finish();
      Command.Result late = init.result();
      assertThat(late.exit()).as(late.toString()).isEqualTo(3);
      assertThat(late.err()).contains("proof").contains("daypass login");
    }
    assertThat(scene.details(EntryKind.LOGIN_OPENED))
        .extracting(details -> details.text("step"))
        .containsOnly(Optional.of("consented"));
  }

  @Test
  void aCodeIsWorthNothingAfterFiveMinutes() throws Exception {
    Terminal terminal = Terminal.of(scene.ca());
    assertThat(terminal.startDevice().status()).isEqualTo(201);
    try (BrowserContext browser = scene.chromium().context()) {
      LoginTrip trip = scene.trip(browser).signIn(terminal.url(), "alice");
      Page page = trip.page();
      pass(page, CODE);
      page.locator("#code").fill(terminal.userCode().toLowerCase(Locale.ROOT));
      trip.allow();
      assertThat(trip.text()).contains("login_expired");
      assertThat(page.locator("button[name=answer]").count()).isZero();
    }
    assertThat(terminal.state()).isEqualTo("expired");
    CaAnswer bound = terminal.bind(Optional.empty());
    assertThat(bound.code()).as(bound.body()).isEqualTo("login_expired");
  }

  private static void pass(Page page, Duration time) {
    page.waitForTimeout((double) time.toMillis());
  }
}
