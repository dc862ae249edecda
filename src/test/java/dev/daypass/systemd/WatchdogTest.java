package dev.daypass.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchdogTest {
  private static final long PID = 4711;

  @Test
  void isForThisProcess() {
    assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "4711"), PID))
        .contains(Duration.ofSeconds(30));
    assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "30000000"), PID))
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void isForAnotherProcess() {
    assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1"), PID))
        .isEmpty();
  }

  @Test
  void isOffWithoutOne() {
    assertThat(Watchdog.interval(Map.of(), PID)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1999", "-30000000", "30s", "9999999999999999999"})
  void isOffForWhatIsNoTime(String text) {
    assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", text), PID)).isEmpty();
  }
}
