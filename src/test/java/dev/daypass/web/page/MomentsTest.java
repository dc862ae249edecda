package dev.daypass.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.web.page.view.Moment;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.750Z");

  @ParameterizedTest
  @CsvSource({
    "0, just now",
    "59, just now",
    "60, 1 minute ago",
    "119, 1 minute ago",
    "120, 2 minutes ago",
    "7199, 119 minutes ago",
    "7200, 2 hours ago",
    "172799, 47 hours ago",
    "172800, 2 days ago",
    "-30, just now"
  })
  void saysHowLongAgo(long seconds, String words) {
    assertThat(Moments.since(NOW.minusSeconds(seconds), NOW).words()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ending now",
    "59, ending now",
    "60, 1 minute left",
    "3540, 59 minutes left",
    "7200, 2 hours left",
    "172800, 2 days left",
    "-60, ending now"
  })
  void saysHowLongIsLeft(long seconds, String words) {
    assertThat(Moments.until(NOW.plusSeconds(seconds), NOW).words()).isEqualTo(words);
  }

  @Test
  void namesTheDayOnlyIfItIsAnother() {
    Moment today = Moments.until(Instant.parse("2026-11-21T23:59:59.9Z"), NOW);
    assertThat(today.shown()).isEqualTo("23:59 UTC");
    Moment tomorrow = Moments.until(Instant.parse("2026-11-22T00:00:00Z"), NOW);
    assertThat(tomorrow.shown()).isEqualTo("22 Nov, 00:00 UTC");
    Moment yesterday = Moments.since(Instant.parse("2026-11-20T12:00:00Z"), NOW);
    assertThat(yesterday.shown()).isEqualTo("20 Nov, 12:00 UTC");
  }

  @Test
  void theExactTimeIsInWholeSeconds() {
    assertThat(Moments.since(NOW, NOW).exact()).isEqualTo("2026-11-21T12:00:00Z");
  }
}
