package dev.daypass.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SupervisionTest {
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final Supervision supervision = supervision(Optional.empty());

  @Test
  void saysOnceThatItIsReady() {
    supervision.ready(() -> "ready");
    assertThat(said).containsExactly("READY=1");
  }

  @Test
  void saysThatItStops() {
    supervision.stopping();
    assertThat(said).containsExactly("STOPPING=1");
  }

  @Test
  void saysSinceWhenItReloadsAndThatItIsReadyAgain() {
    supervision.reloading(() -> said.add("reload"));
    assertThat(said).containsExactly("RELOADING=1\nMONOTONIC_USEC=1234567", "reload", "READY=1");
  }

  @Test
  void isReadyAgainAlsoAfterAReloadThatBroke() {
    assertThatThrownBy(() ->
            supervision.reloading(() -> {
              throw new IllegalStateException("broken");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(said).last().isEqualTo("READY=1");
  }

  @Test
  void feedsTheWatchdogWhileTheCheckAnswers() throws Exception {
    supervision(Optional.of(Duration.ofMillis(20))).ready(() -> "not ready: ledger: clock");
    assertThat(said.poll(1, TimeUnit.MINUTES)).isEqualTo("READY=1");
    for (int i = 0; i < 3; i++) {
      assertThat(said.poll(1, TimeUnit.MINUTES))
          .isEqualTo("WATCHDOG=1\nSTATUS=not ready: ledger: clock");
    }
  }

  @Test
  void feedsNothingWhenTheCheckDoesNotAnswer() {
    supervision.feed(() -> {
      throw new IOException("Read timed out");
    });
    supervision.feed(() -> {
      throw new IllegalStateException("broken");
    });
    assertThat(said).isEmpty();
  }

  @Test
  void aStateCannotSayMore() {
    supervision.feed(() -> "ready\nMAINPID=1\r\u0000x");
    assertThat(said).containsExactly("WATCHDOG=1\nSTATUS=ready MAINPID=1  x");
  }

  @Test
  void withoutSystemdNothingIsSaid() {
    Supervision alone = Supervision.of(Map.of("WATCHDOG_USEC", "2000"), 1, () -> 0);
    alone.ready(() -> {
      throw new AssertionError("nobody asked");
    });
    alone.stopping();
    assertThat(said).isEmpty();
  }

  private Supervision supervision(Optional<Duration> watchdog) {
    return new Supervision(said::add, watchdog, () -> 1_234_567_890L);
  }
}
