package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contrast of the stylesheet's colours, by the formula of WCAG 2.2 section 1.4.3. */
final class StylesheetTest {
  private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6});");

  @ParameterizedTest
  @CsvSource({
    "ink, sheet, 7",
    "ink, paper, 7",
    "quiet, sheet, 4.5",
    "quiet, paper, 4.5",
    "accent, sheet, 4.5",
    "accent, paper, 3",
    "accent-ink, accent, 4.5",
    "alarm, alarm-sheet, 4.5",
    "edge, sheet, 3",
    "edge, paper, 3"
  })
  void everyPairCanBeRead(String front, String back, double atLeast) throws IOException {
    String css = css();
    int dark = css.indexOf("prefers-color-scheme: dark");
    for (String scheme : new String[] {css.substring(0, dark), css.substring(dark)}) {
      Map<String, String> colours = colours(scheme);
      String above = Objects.requireNonNull(colours.get(front), front);
      String below = Objects.requireNonNull(colours.get(back), back);
      assertThat(contrast(above, below))
          .as("%s on %s", above, below)
          .isGreaterThanOrEqualTo(atLeast);
    }
  }

  /** The first of each name: what is printed comes later in the file. */
  private static Map<String, String> colours(String css) {
    Map<String, String> colours = new HashMap<>();
    Matcher found = COLOUR.matcher(css);
    while (found.find()) {
      colours.putIfAbsent(found.group(1), found.group(2));
    }
    return colours;
  }

  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String hex) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static String css() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(StylesheetTest.class.getResourceAsStream("/page/daypass.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
