package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.daypass.e2e.browser.Chromium;
import dev.daypass.e2e.browser.Screens;
import dev.daypass.e2e.browser.TerminalPicture;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each command shows at a terminal: a picture of each in {@code target/screens}, light and
 * dark, wide and narrow. What the program says fits in 80 columns, but for addresses, curl's words
 * and the one line of {@code ensure}.
 */
final class HelperScreensIT {
  private static final int COLUMNS = 80;

  private static Chromium chromium;

  @TempDir Path folder;

  private LoginCa ca;
  private Laptop laptop;

  @BeforeAll
  static void startChromium() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopChromium() {
    chromium.close();
  }

  @BeforeEach
  void start() throws IOException {
    ca = new LoginCa();
    ca.roles =
        ca.roles.concat(
            LoginCa.role("database-maintenance", "held", "required", "*.db.example.com"));
    ca.roles = ca.roles.concat(LoginCa.role("build", "held", "optional", ""));
    laptop = Laptop.initialised(folder.resolve("home"), Shell.DASH, ca);
  }

  @AfterEach
  void stop() throws IOException {
    laptop.close();
    ca.close();
  }

  @Test
  void help() throws Exception {
    assertThat(screen("help", "--help").lines()).hasSizeLessThanOrEqualTo(24);
    for (String command : List.of("init", "login", "sign", "request", "why", "history")) {
      assertThat(screen("help-" + command, command, "--help").lines()).hasSizeLessThanOrEqualTo(24);
    }
    screen("usage", "frobnicate");
  }

  @Test
  void init() throws Exception {
    laptop.close();
    laptop = new Laptop(folder.resolve("new"), Shell.DASH, ca);
    assertThat(screen("init", "init", "--yes", ca.url())).contains("Ready");
    screen("init-again", "init", "--yes", ca.url());
    ca.roles = ca.roles.concat(LoginCa.role("web", "held", "optional", "web-1 web-2 web-3"));
    // Nobody answers: the terminal's input is at its end.
    assertThat(screen("init-asks", "init", ca.url())).contains("Write this? [y/N]");
    screen("remove", "init", "--remove");
    screen("status-not-set-up", "status");
  }

  @Test
  void refusalsOfInit() throws Exception {
    ca.roles = LoginCa.role("prod", "held", "optional", "db-1 *");
    screen("init-pattern-refused", "init", "--yes", ca.url());
    ca.next().answering("200 OK", "", "origin: https://ca.example.com\n");
    screen("init-wrong-ca", "init", "--yes", ca.url());
    ca.next().answering("200 OK", "", "<html>Welcome to the hotel</html>\n");
    screen("init-no-ca", "init", "--yes", ca.url());
  }

  @Test
  void login() throws Exception {
    assertThat(screen("login", "login")).contains("Logged in as alice@example.com");
    ca.state = "expired";
    String waited = written(TerminalPicture.DESKTOP, "login", "--no-browser");
    int erased = waited.indexOf("\r\u001b[K");
    assertThat(shown("login-waiting", waited.substring(0, erased)))
        .contains("Waiting for the browser.");
    assertThat(shown("login-expired", waited)).doesNotContain("Waiting for the browser.");
    ca.state = "consented";
    ca.deviceMode = true;
    screen("login-device", "login", "--device");
    try (BrowserContext context = chromium.context()) {
      Page page = context.newPage();
      page.setContent(ca.page().substring(ca.page().indexOf("<!doctype")));
      Screens.take(page, "helper-done");
    }
  }

  @Test
  void refusalsOfEnsure() throws Exception {
    screen("ensure-reason", "ensure", "database-maintenance");
    refuse();
    screen("ensure-refused", "ensure", "prod");
    refuse();
    screen("request-refused", "request", "prod");
    ca.endLogins();
    shown("ensure-login-ended", laptop.daypass("ensure", "prod").run().err());
    shown("history-login-ended", laptop.daypass("history").run().err());
    ca.close();
    screen("ensure-unreachable", "ensure", "prod");
    screen("status-unreachable", "status");
    screen("request-unreachable", "request", "prod");
  }

  @Test
  void requestAndStatusAndLogout() throws Exception {
    screen("request", "request", "database-maintenance", "--reason", "INC-7");
    screen("request-no-hosts", "request", "build");
    bothWidths("status", "status");
    ca.pages.put(
        "GET /v1/why?host=db-1.prod.example.com",
        HelperAccountIT.WHY.replace("NOW", HelperAccountIT.now()));
    bothWidths("why", "why", "db-1.prod.example.com");
    ca.pages.put("GET /v1/history", HelperAccountIT.HISTORY);
    bothWidths("history", "history");
    ca.pages.put("GET /v1/history", "username: alice@example.com\n");
    screen("history-empty", "history");
    screen("logout", "logout", "--all");
    screen("status-logged-out", "status");
  }

  private void refuse() {
    ca.next()
        .answering(
            "403 Forbidden",
            "",
            """
            code: denied
            detail: Nobody may hold prod at weekends.
            remedy: Ask on Monday.
            entry: 90217
            """);
  }

  /** What asks nothing of anybody is asked again where the terminal is narrow, and fits. */
  private void bothWidths(String name, String... words) throws IOException {
    String narrow = written(TerminalPicture.PHONE, words);
    TerminalPicture.take(
        chromium, "helper-" + name, written(TerminalPicture.DESKTOP, words), narrow);
    assertThat(TerminalPicture.text(narrow).lines())
        .filteredOn(line -> !line.contains(ca.url()))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(TerminalPicture.PHONE));
    assertFits(name, written(TerminalPicture.DESKTOP, words));
  }

  private String screen(String name, String... words) throws IOException {
    return shown(name, written(TerminalPicture.DESKTOP, words));
  }

  private String written(int columns, String... words) throws IOException {
    return laptop.typed("xterm", columns, words).out();
  }

  private String shown(String name, String written) {
    TerminalPicture.take(chromium, "helper-" + name, written);
    return assertFits(name, written);
  }

  private String assertFits(String name, String written) {
    String text = TerminalPicture.text(written);
    assertThat(text.lines())
        .as(text)
        .filteredOn(line -> !line.contains("127.0.0.1") && !line.contains("curl: "))
        .filteredOn(_ -> !name.startsWith("ensure-"))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(COLUMNS));
    return text;
  }
}
