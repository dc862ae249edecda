package dev.daypass.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daypass.policy.host.HostName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class EndWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final HostName DB = HostName.parse("db-1").orElseThrow();
  private static final HostName WEB = HostName.parse("web-1").orElseThrow();

  private final Map<HostName, Instant> hosts = new HashMap<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(EndWatch.class);
  private Instant now = NOW;
  private TrustBundle bundle = until(NOW.plus(Duration.ofDays(31)));
  private final EndWatch watch =
      new EndWatch(() -> bundle, () -> hosts, Duration.ofDays(30), () -> now);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  @Test
  void saysNothingWhileAllIsWell() {
    hosts.put(DB, NOW.plus(Duration.ofDays(10)));
    watch.look();
    assertThat(said()).isEmpty();
    assertThat(watch.warnings()).isEmpty();
    assertThat(watch.checks()).containsOnly(ok("bundle"), ok("host-certificates"));
    assertThat(watch.bundleLeft()).isEqualTo(Duration.ofDays(31));
  }

  @Test
  void warnsOfTheBundleAMonthAhead() {
    now = NOW.plus(Duration.ofDays(1)).plusSeconds(1);
    watch.look();
    assertThat(said())
        .containsExactly(
            "trust bundle 1 is valid until 2026-12-22T12:00:00Z: sign and publish the next one");
    assertThat(watch.checks()).containsEntry("bundle", "ends 2026-12-22T12:00:00Z");
    bundle = until(NOW.plus(Duration.ofDays(365)));
    assertThat(watch.checks()).contains(ok("bundle"));
  }

  @Test
  void aBundleThatHasEndedIsNamedToo() {
    now = NOW.plus(Duration.ofDays(40));
    assertThat(watch.bundleLeft()).isNegative();
    assertThat(watch.checks().get("bundle")).startsWith("ends ");
  }

  @Test
  void namesServersThatShouldHaveRenewedLongAgo() {
    hosts.put(DB, NOW.plus(Duration.ofDays(9)));
    hosts.put(WEB, NOW.plus(Duration.ofDays(20)));
    watch.look();
    assertThat(said())
        .containsExactly(
            "the host certificate of db-1 ends at 2026-11-30T12:00:00Z; it does not renew it");
    assertThat(watch.ending()).containsOnlyKeys(DB);
    assertThat(watch.warnings()).as("what the console says").isEqualTo(said());
    assertThat(watch.checks()).containsEntry("host-certificates", "1 not renewed");
    hosts.put(DB, NOW.plus(Duration.ofDays(30)));
    watch.look();
    assertThat(watch.checks()).contains(ok("host-certificates"));
  }

  @Test
  void warnsOnceADay() {
    bundle = until(NOW.plus(Duration.ofDays(365)));
    hosts.put(DB, NOW.plus(Duration.ofDays(5)));
    for (int hour = 0; hour < 48; hour++) {
      watch.look();
      now = now.plus(Duration.ofHours(1));
    }
    assertThat(said()).as("on the 21st, 22nd and 23rd").hasSize(3);
  }

  private List<String> said() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static Map.Entry<String, String> ok(String check) {
    return Map.entry(check, "ok");
  }

  private static TrustBundle until(Instant end) {
    return Bundles.validUntil(end);
  }
}
