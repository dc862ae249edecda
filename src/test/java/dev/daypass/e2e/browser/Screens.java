package dev.daypass.e2e.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;

/** Pictures of pages and terminals, in {@code target/screens}, for people to look at. */
public final class Screens {
  private static final Path FOLDER = Path.of("target/screens");

  private Screens() {}

  /**
   * The page as it stands in every look. Its state does not change: only the colour scheme that it
   * is told and the width of its window do.
   */
  public static void take(Page page, String name) {
    for (Look look : Look.values()) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme()));
      page.setViewportSize(look.width(), look.height());
      page.screenshot(
          new Page.ScreenshotOptions().setPath(file(name, look.text())).setFullPage(true));
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(Look.DESKTOP_LIGHT.width(), Look.DESKTOP_LIGHT.height());
  }

  static Path file(String name, String look) {
    return FOLDER.resolve(name + "." + look + ".png");
  }
}
