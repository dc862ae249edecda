package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.browser.Screens;
import dev.daypass.e2e.browser.TerminalPicture;
import dev.daypass.e2e.provider.OidcProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every page and every screen of the helper, as pictures for people to look at. */
final class ScreensIT {
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

  @Test
  void pagesOfADeviceLogin() throws Exception {
    Terminal terminal = Terminal.of(scene.ca());
    assertThat(terminal.startDevice().status()).isEqualTo(201);
    try (BrowserContext browser = scene.chromium().context()) {
      LoginTrip trip = scene.trip(browser).signIn(terminal.url(), "bob");
      taken(trip.page(), "device");
      trip.page().locator("#code").fill("BBBB-BBBB");
      taken(trip.allow().page(), "device-wrong-code");
      trip.page().locator("#code").fill(terminal.userCode());
      taken(trip.allow().page(), "done");
    }
  }

  @Test
  void pagesOfARefusal() throws Exception {
    Terminal terminal = Terminal.of(scene.ca());
    assertThat(terminal.start().status()).isEqualTo(201);
    try (BrowserContext browser = scene.chromium().context()) {
      LoginTrip trip = scene.trip(browser).signIn(terminal.url(), "alice");
      taken(trip.refuse().page(), "refused");
      var _ = trip.page().navigate(terminal.url());
      taken(trip.page(), "problem");
    }
  }

  /** One line scrolls past another only where it must, and nothing is wider than a terminal. */
  @Test
  void screensOfTheHelper() throws Exception {
    Laptop laptop = scene.laptop("screens");
    try (BrowserContext browser = scene.chromium().context()) {
      Running init =
          laptop.start(
              laptop.daypassAtTerminal("init --yes --name laptop " + scene.ca().client().origin()));
      LoginTrip trip = scene.trip(browser).signIn(init.url(), "alice");
      shown("init-waiting", init.said());
      trip.allow().finish();
      assertThat(init.result().exit()).as(init.said()).isZero();
      shown("init", init.said());
    }
    for (String words :
        new String[] {
          "--help",
          "init --help",
          "status",
          "request on-call --reason 'INC-42 slow query' --for 30m",
          "request on-call",
          "request nobody",
          "why db-1",
          "why web-1",
          "history",
          "ensure prod-db-debug",
          "status --nonsense",
          "logout",
          "status",
        }) {
      Running run = laptop.start(laptop.daypassAtTerminal(words));
      int exit = run.result().exit();
      String name = words.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
      shown(name + (exit == 0 ? "" : "-" + exit), "$ daypass " + words + "\r\n" + run.said());
    }
  }

  private static void taken(Page page, String name) {
    assertThat(page.locator("h1").count()).as(page.content()).isEqualTo(1);
    Screens.take(page, name);
    page.setViewportSize(360, 740);
    Object width = page.evaluate("document.documentElement.scrollWidth");
    assertThat(((Number) width).intValue()).as("on a phone nothing is cut off").isEqualTo(360);
    page.setViewportSize(1280, 800);
  }

  private static void shown(String name, String written) {
    TerminalPicture.take(scene.chromium(), "terminal-" + name, written);
    assertThat(TerminalPicture.text(written).lines().count()).as(name).isLessThanOrEqualTo(24);
  }
}
