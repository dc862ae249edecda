package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.browser.Chromium;
import dev.daypass.e2e.browser.TerminalPicture;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each command shows at a terminal: a picture of each in {@code target/screens}, on a light
 * and on a dark terminal. What the program says fits in 80 columns, but for addresses, curl's words
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
    assertThat(screen("help-init", "init", "--help").lines()).hasSizeLessThanOrEqualTo(24);
    assertThat(screen("sign-help", "sign", "--help").lines()).hasSizeLessThanOrEqualTo(24);
    screen("usage", "frobnicate");
  }

  @Test
  void init() throws Exception {
    laptop.close();
    laptop = new Laptop(folder.resolve("new"), Shell.DASH, ca);
    assertThat(screen("init", "init", "--yes", ca.url())).contains("Ready");
    screen("init-again", "init", "--yes", ca.url());
    screen("remove", "init", "--remove");
    screen("status-not-set-up", "status");
  }

  @Test
  void login() throws Exception {
    assertThat(screen("login", "login")).contains("Logged in as alice@example.com");
    ca.state = "expired";
    String waited = written("login", "--no-browser");
    int erased = waited.indexOf("\r\u001b[K");
    assertThat(shown("login-waiting", waited.substring(0, erased)))
        .contains("Waiting for the browser.");
    assertThat(shown("login-expired", waited)).doesNotContain("Waiting for the browser.");
    ca.state = "consented";
    ca.deviceMode = true;
    screen("login-device", "login", "--device");
  }

  @Test
  void refusalsOfEnsure() throws Exception {
    screen("ensure-reason", "ensure", "database-maintenance");
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
    screen("ensure-refused", "ensure", "prod");
    ca.close();
    screen("ensure-unreachable", "ensure", "prod");
    screen("status-unreachable", "status");
    screen("request-unreachable", "request", "prod");
  }

  @Test
  void requestAndStatusAndLogout() throws Exception {
    screen("request", "request", "database-maintenance", "--reason", "INC-7");
    screen("status", "status");
    ca.pages.put(
        "GET /v1/why?host=db-1.prod.example.com",
        HelperAccountIT.WHY.replace("NOW", HelperAccountIT.now()));
    screen("why", "why", "db-1.prod.example.com");
    ca.pages.put("GET /v1/history", HelperAccountIT.HISTORY);
    screen("history", "history");
    ca.pages.put("GET /v1/history", "username: alice@example.com\n");
    screen("history-empty", "history");
    screen("logout", "logout", "--all");
    screen("status-logged-out", "status");
  }

  private String screen(String name, String... words) throws IOException {
    return shown(name, written(words));
  }

  private String written(String... words) throws IOException {
    return laptop.typed("xterm", words).out();
  }

  private String shown(String name, String written) {
    TerminalPicture.take(chromium, "helper-" + name, written);
    String text = TerminalPicture.text(written);
    assertThat(text.lines())
        .as(text)
        .filteredOn(line -> !line.contains(ca.url()) && !line.contains("curl: "))
        .filteredOn(_ -> !name.startsWith("ensure-"))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(COLUMNS));
    return text;
  }
}
