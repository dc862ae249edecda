package dev.daypass.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import dev.daypass.e2e.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Chromium without a window. Each context is somebody's browser: cookies of its own. */
public final class Chromium implements AutoCloseable {
  private static final double PATIENCE_MILLIS = 30_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  public static Chromium start() {
    System.setProperty("playwright.nodejs.path", Node.program());
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    BrowserType.LaunchOptions options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(Path.of(Command.program("chromium")))
            .setArgs(
                List.of(
                    "--no-sandbox", // tests run as root, in a container
                    "--disable-background-networking",
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"));
    return new Chromium(playwright, playwright.chromium().launch(options));
  }

  /** A new browser on a desktop. */
  public BrowserContext context() {
    return context(Look.DESKTOP_LIGHT);
  }

  public BrowserContext context(Look look) {
    return context(look.options());
  }

  /** A browser in which no script runs. */
  public BrowserContext withoutScripts() {
    return context(Look.DESKTOP_LIGHT.options().setJavaScriptEnabled(false));
  }

  private BrowserContext context(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return context;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
