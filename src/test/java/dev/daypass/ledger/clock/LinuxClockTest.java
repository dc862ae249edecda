package dev.daypass.ledger.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LinuxClockTest {
  private final LinuxClock clock = LinuxClock.open();

  @Test
  void readsTheWallClock() {
    Instant before = Instant.now();
    Instant read = clock.now();
    assertThat(read).isBetween(before.minusMillis(10), Instant.now().plusMillis(10));
  }

  @Test
  void readsTheTimeSinceBoot() throws IOException {
    double uptime = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
    Duration read = clock.sinceBoot();
    assertThat(read.toMillis() / 1000.0).isBetween(uptime - 1, uptime + 60);
    assertThat(clock.sinceBoot()).isGreaterThanOrEqualTo(read);
  }

  @Test
  void asksWhetherTheClockIsSynchronised() {
    // What the answer is depends on the machine; that there is one does not.
    assertThat(clock.synchronised()).isIn(true, false);
  }
}
