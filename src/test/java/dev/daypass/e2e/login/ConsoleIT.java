package dev.daypass.e2e.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import dev.daypass.e2e.Parts;
import dev.daypass.e2e.browser.Axe;
import dev.daypass.e2e.browser.Chromium;
import dev.daypass.e2e.browser.Screens;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The console of a whole daemon in a real browser. */
final class ConsoleIT {
  private static final Parts PARTS = new Parts();
  private static final List<String> PAGES =
      List.of(
          "/console/",
          "/console/charts",
          "/console/people",
          "/console/person?name=alice%40example.com",
          "/console/roles",
          "/console/roles/prod-db-debug",
          "/console/servers",
          "/console/servers/" + ConsoleScene.SERVER,
          "/console/me",
          "/console/me/lost");

  private static Chromium chromium;
  private static ConsoleScene scene;

  @BeforeAll
  static void start() throws Exception {
    chromium = PARTS.started(Chromium.start());
    scene = PARTS.started(ConsoleScene.lived());
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void anAuditorFindsAnEntryFollowsAPersonAndTakesItAway() throws Exception {
    try (BrowserContext browser = chromium.context()) {
      Page page = scene.signedIn(browser, "erin", "audit");
      page.getByLabel("Role").fill("prod-db-debug");
      page.getByLabel("Reason has").fill("inc-42");
      page.getByText("Find", new Page.GetByTextOptions().setExact(true)).click();
      page.waitForURL("**/console/?role=prod-db-debug&reason=inc-42");
      assertThat(page.locator("tbody tr").count()).isEqualTo(1);
      page.locator("tbody th a").click();
      page.waitForURL("**/console/entries/" + scene.serial());
      String story = page.locator("main").innerText();
      assertThat(story)
          .contains("roles.prod-db-debug.allow[0]", "\"dba\" in identity.groups")
          .contains("opened a session as db-debug", "A session ended", "was revoked")
          .contains("daypass:prod-db-debug", "permit-pty");
      assertThat(page.locator("li.passed").count()).isEqualTo(4);
      assertThat(page.locator("li.failed").count()).isZero();
      Screens.take(page, "console-entry");
      assertThat(Axe.findings(page)).isEmpty();
      page.locator("a:has-text('alice@example.com')").first().click();
      page.waitForURL("**/console/person?name=alice%40example.com");
      page.locator("a:has-text('Every entry')").click();
      page.waitForURL("**/console/?person=alice%40example.com");
      Download csv = page.waitForDownload(() -> page.locator("button[value=csv]").click());
      assertThat(csv.suggestedFilename()).matches("daypass-ledger-.*\\.csv");
      assertThat(Files.readString(csv.path())).contains("INC-42", "alice@example.com");
      JsonObject made = scene.ca().details(EntryKind.EXPORT_MADE).getLast();
      assertThat(made.text("person")).contains("alice@example.com");
    }
    scene.ca().checkInvariants();
  }

  /** Where a script runs; theKeyboardIsEnoughAndNoScriptIsNeeded shows the pages without one. */
  @Test
  void aButtonCopiesWhatStandsBesideIt() {
    try (BrowserContext browser = chromium.context()) {
      browser.grantPermissions(List.of("clipboard-read", "clipboard-write"));
      List<String> refused = new ArrayList<>();
      Page page = scene.signedIn(browser, "erin", "audit");
      page.onConsoleMessage(message -> refused.add(message.text()));
      var _ = page.navigate(scene.url("/console/entries/" + scene.serial()));
      String fingerprint = page.locator(".facts .mono:has-text('SHA256:')").first().innerText();
      page.locator(".facts .mono:has-text('SHA256:') + .copy").first().press("Enter");
      assertThat(page.locator(".copy:text-is('Copied')").count()).isEqualTo(1);
      assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(fingerprint);
      assertThat(Axe.findings(page)).isEmpty();
      assertThat(refused).as("by the page's policy").isEmpty();
    }
    try (BrowserContext browser = chromium.withoutScripts()) {
      Page page = scene.signedIn(browser, "erin", "audit");
      var _ = page.navigate(scene.url("/console/entries/" + scene.serial()));
      assertThat(page.locator(".facts .mono:has-text('SHA256:')").count()).isPositive();
      assertThat(page.locator(".copy").count()).isZero();
    }
  }

  @Test
  void nothingThatSomebodyWroteIsObeyed() {
    try (BrowserContext browser = chromium.context()) {
      Page page = scene.signedIn(browser, "erin", "audit");
      var _ = page.navigate(scene.url("/console/?reason=onerror"));
      assertThat(page.locator("main").innerText()).contains("<img src=x onerror");
      assertThat(page.title()).isEqualTo("Ledger · daypass");
      assertThat(page.locator("main img").count()).isZero();
    }
  }

  @Test
  void everyPageCanBeUsedByEverybody() {
    try (BrowserContext browser = chromium.context()) {
      Page page = scene.signedIn(browser, "erin", "audit");
      for (String path : PAGES) {
        var _ = page.navigate(scene.url(path));
        assertThat(page.locator("h1").count()).as(page.content()).isEqualTo(1);
        String name = "console" + path.replaceAll("[^a-z]+", "-").replaceFirst("-console", "");
        Screens.take(page, name.replaceAll("-$", ""));
        assertThat(Axe.findings(page)).as(path).isEmpty();
        page.setViewportSize(360, 740);
        Object width = page.evaluate("document.documentElement.scrollWidth");
        assertThat(((Number) width).intValue()).as("nothing is cut off: " + path).isEqualTo(360);
        page.setViewportSize(1280, 800);
      }
    }
  }

  @Test
  void theKeyboardIsEnoughAndNoScriptIsNeeded() {
    try (BrowserContext browser = chromium.withoutScripts()) {
      Page page = scene.signedIn(browser, "erin", "audit");
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      assertThat(page.url()).endsWith("#content");
      page.keyboard().press("Tab");
      page.keyboard().type("bob@example.com");
      page.keyboard().press("Enter");
      page.waitForURL("**/console/?person=bob%40example.com");
      assertThat(page.locator("tbody tr").count()).isEqualTo(3);
    }
  }

  @Test
  void whoIsNoAuditorIsRefusedAndHasTheirOwnPage() throws Exception {
    Terminal lost = scene.loggedIn("frank", "franks-lost-laptop", "dba");
    String serial = lost.certificate().text("serial");
    try (BrowserContext browser = chromium.context()) {
      Page page = scene.signedIn(browser, "frank", "dba");
      assertThat(page.locator("h1").innerText()).isEqualTo("The duty auditor is missing");
      Screens.take(page, "console-refused");
      assertThat(Axe.findings(page)).isEmpty();
      assertThat(scene.ca().details(EntryKind.REQUESTS_REFUSED).getLast().toString())
          .contains("auditor_required", "frank@example.com");
      page.locator("nav a").click();
      assertThat(page.locator("main").innerText())
          .contains("franks-lost-laptop", serial, lost.key().publicKey().fingerprint().toString())
          .doesNotContain("alice");
      page.locator("a:has-text('I lost a laptop')").click();
      page.locator("button.alarming").click();
      assertThat(page.locator("h1").innerText()).isEqualTo("Done");
      Screens.take(page, "console-lost-done");
    }
    assertThat(lost.certificate().status()).isEqualTo(401);
    assertThat(scene.ca().details(EntryKind.REVOCATION_ADDED).getLast().toString())
        .contains(serial);
  }

  @Test
  void anEmptyLedgerIsNoEmptyPage() {
    try (ConsoleScene fresh = ConsoleScene.empty();
        BrowserContext browser = chromium.context()) {
      Page page = fresh.signedIn(browser, "erin", "audit");
      Screens.take(page, "console-fresh");
      for (String path : List.of("/console/charts", "/console/servers", "/console/me")) {
        var _ = page.navigate(fresh.url(path));
        Screens.take(page, "console-fresh-" + path.substring("/console/".length()));
        assertThat(Axe.findings(page)).as(path).isEmpty();
      }
      var _ = page.navigate(fresh.url("/console/?person=nobody"));
      Screens.take(page, "console-nothing-found");
      page.locator("button:text-is('Sign out')").click();
      assertThat(page.locator("h1").innerText()).isEqualTo("You are signed out");
      Screens.take(page, "console-signed-out");
      assertThat(Axe.findings(page)).isEmpty();
    }
  }
}
