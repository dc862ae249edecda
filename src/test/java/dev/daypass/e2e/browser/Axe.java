package dev.daypass.e2e.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds wrong with a page: WCAG 2.2 A and AA, and its own best practices. */
public final class Axe {
  private static final String SCRIPT = script();

  private static final String FINDINGS =
      """
      () => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations
          .flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html)))
      """;

  private Axe() {}

  /** One line for each element that breaks a rule. */
  public static List<String> findings(Page page) {
    // By the debugger's way, which the page's policy does not rule.
    var _ = page.evaluate(SCRIPT);
    return ((List<?>) page.evaluate(FINDINGS)).stream().map(Object::toString).toList();
  }

  private static String script() {
    try (InputStream in =
        Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
