package dev.daypass.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** How somebody looks at a page. */
public enum Look {
  DESKTOP_LIGHT(ColorScheme.LIGHT, 1280, 800),
  DESKTOP_DARK(ColorScheme.DARK, 1280, 800),
  PHONE_LIGHT(ColorScheme.LIGHT, 360, 740),
  PHONE_DARK(ColorScheme.DARK, 360, 740);

  private final ColorScheme scheme;
  private final int width;
  private final int height;

  Look(ColorScheme scheme, int width, int height) {
    this.scheme = scheme;
    this.width = width;
    this.height = height;
  }

  /** In the name of a picture. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** CSS pixels. */
  public int width() {
    return width;
  }

  int height() {
    return height;
  }

  ColorScheme scheme() {
    return scheme;
  }

  Browser.NewContextOptions options() {
    return new Browser.NewContextOptions()
        .setColorScheme(scheme)
        .setViewportSize(width, height)
        .setLocale("en-GB")
        .setTimezoneId("UTC");
  }
}
