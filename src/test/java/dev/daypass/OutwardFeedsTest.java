package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OutwardFeedsTest {
  @Test
  void twoTargetsOnOneServerHaveANameEach() {
    assertThat(OutwardFeeds.names(List.of("https://hooks", "syslog a", "https://hooks")))
        .containsExactly("https://hooks", "syslog a", "https://hooks (2)");
  }
}
