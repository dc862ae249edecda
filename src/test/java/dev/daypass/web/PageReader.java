package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Checks the structure of a page as somebody depends on it who does not see it (WCAG 2.2, A). */
final class PageReader {
  private PageReader() {}

  static void check(Document page) {
    assertThat(page.expectFirst("html").attr("lang")).isEqualTo("en"); // 3.1.1
    assertThat(page.title()).isNotBlank(); // 2.4.2
    assertThat(page.select("header, main, footer")).hasSize(3); // 1.3.1, landmarks
    assertThat(page.select("h1")).hasSize(1);
    headingsDoNotSkip(page);
    List<String> ids = page.select("[id]").eachAttr("id");
    assertThat(ids).doesNotHaveDuplicates(); // 4.1.1
    assertThat(ids)
        .containsAll(page.select("[aria-labelledby]").eachAttr("aria-labelledby"))
        .containsAll(page.select("[aria-describedby]").eachAttr("aria-describedby"));
    for (Element input : page.select("input:not([type=hidden])")) {
      assertThat(page.select("label[for=" + input.id() + "]")).hasSize(1); // 3.3.2
    }
    assertThat(page.select("button, a")).allMatch(Element::hasText); // 2.4.4
    assertThat(page.select("thead th:not([scope=col]), tbody th:not([scope=row])")).isEmpty();
    assertThat(page.select("svg:not([aria-hidden=true])")).isEmpty(); // 1.1.1
    assertThat(page.expectFirst("meta[name=viewport]").attr("content"))
        .doesNotContain("user-scalable", "maximum-scale"); // 1.4.4
  }

  private static void headingsDoNotSkip(Document page) {
    int level = 0;
    for (Element heading : page.select("h1, h2, h3, h4")) {
      int next = heading.normalName().charAt(1) - '0';
      assertThat(next).isLessThanOrEqualTo(level + 1);
      level = next;
    }
  }
}
