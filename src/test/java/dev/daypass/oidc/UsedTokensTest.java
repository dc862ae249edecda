package dev.daypass.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.oidc.UsedTokens.Use;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class UsedTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final UsedTokens used = new UsedTokens(3);

  @Test
  void theFirstUseIsFirstAndEveryOtherIsNot() {
    assertThat(used.use("a", NOW.plusSeconds(60), NOW)).isEqualTo(Use.FIRST);
    assertThat(used.use("a", NOW.plusSeconds(60), NOW)).isEqualTo(Use.AGAIN);
    assertThat(used.use("a", NOW.plusSeconds(90), NOW.plusSeconds(59))).isEqualTo(Use.AGAIN);
  }

  @Test
  void whenFullItTakesNoMoreAndForgetsNothing() {
    for (String id : new String[] {"a", "b", "c"}) {
      assertThat(used.use(id, NOW.plusSeconds(60), NOW)).isEqualTo(Use.FIRST);
    }

    assertThat(used.use("d", NOW.plusSeconds(60), NOW)).isEqualTo(Use.NO_ROOM);
    assertThat(used.use("a", NOW.plusSeconds(60), NOW)).isEqualTo(Use.AGAIN);
  }

  @Test
  void forgetsATokenWhenItWouldBeRefusedAnyway() {
    used.use("late", NOW.plusSeconds(90), NOW);
    used.use("early", NOW.plusSeconds(30), NOW);
    used.use("middle", NOW.plusSeconds(60), NOW);

    assertThat(used.use("x", NOW.plusSeconds(99), NOW.plusSeconds(29))).isEqualTo(Use.NO_ROOM);
    assertThat(used.use("x", NOW.plusSeconds(99), NOW.plusSeconds(30))).isEqualTo(Use.FIRST);
    assertThat(used.use("late", NOW.plusSeconds(99), NOW.plusSeconds(60))).isEqualTo(Use.AGAIN);
  }
}
