package dev.daypass.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpansTest {
  @Test
  void saysDurationsAsPeopleDo() {
    assertThat(Spans.words(Duration.ofMinutes(42))).isEqualTo("42 minutes");
    assertThat(Spans.words(Duration.ofMinutes(90))).isEqualTo("1 hour 30 minutes");
    assertThat(Spans.words(Duration.ofSeconds(86_461))).isEqualTo("1 day 1 minute");
    assertThat(Spans.words(Duration.ofMillis(3))).isEqualTo("less than a second");
  }

  @Test
  void saysTimesExactly() {
    assertThat(Spans.exact(Instant.parse("2026-11-21T01:13:00Z")))
        .isEqualTo("Sat 2026-11-21 01:13:00 UTC");
  }

  @Test
  void alignsFactsAndEscapesThem() {
    assertThat(
            new Facts()
                .add("a", "1\u001b")
                .addAll("longer", List.of("2", "3"))
                .add("b", "")
                .lines())
        .containsExactly("  a       1\\u{1b}", "  longer  2", "          3", "  b");
  }
}
