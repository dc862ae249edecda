package dev.daypass.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void isDrawnAgainOnOneLineWhenAPercentIsFull() {
    ProgressBar bar = new ProgressBar(stream, true);
    for (long entry = 0; entry <= 500_000; entry++) {
      bar.reached(entry, 1_000_000);
    }
    String drawn = bytes.toString(StandardCharsets.UTF_8);
    assertThat(drawn.split("\r", -1)).hasSize(52);
    assertThat(drawn)
        .endsWith("\r  [" + "#".repeat(15) + ".".repeat(15) + "] 50 % of 1 000 000 entries")
        .doesNotContain("\n");
  }

  @Test
  void isGoneAtTheEndAlsoOfNothing() {
    ProgressBar bar = new ProgressBar(stream, true);
    bar.reached(7, 7);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[K");
    bytes.reset();
    new ProgressBar(stream, true).reached(0, 0);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("100 %").endsWith("\r\u001b[K");
  }

  @Test
  void isNoNoiseInAFile() {
    ProgressBar bar = new ProgressBar(stream, false);
    bar.reached(1, 2);
    bar.reached(2, 2);
    assertThat(bytes.size()).isZero();
  }
}
