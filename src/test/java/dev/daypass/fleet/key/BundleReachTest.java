package dev.daypass.fleet.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.policy.host.HostName;
import dev.daypass.tlog.EntryNumber;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BundleReachTest {
  private final BundleReach reach = new BundleReach();
  private final JoinedHost one = joined("db-1");
  private final JoinedHost two = joined("db-2");

  @Test
  void whoHasSaidNothingHasNothing() {
    assertThat(reach.of(one)).isEmpty();
    assertThat(reach.without(1, List.of(one, two))).containsExactly(one.name(), two.name());
    assertThat(reach.without(1, List.of())).isEmpty();
  }

  @Test
  void aLaterBundleIsAsGood() {
    reach.told(one, 4);
    reach.told(two, 3);
    assertThat(reach.without(3, List.of(one, two))).isEmpty();
    assertThat(reach.without(4, List.of(one, two))).containsExactly(two.name());
  }

  /** A server that was set up anew from an old image. */
  @Test
  void theLastWordCounts() {
    reach.told(one, 4);
    reach.told(one, 2);
    assertThat(reach.without(3, List.of(one))).containsExactly(one.name());
  }

  @Test
  void anotherMachineUnderTheSameNameHasSaidNothing() {
    reach.told(one, 4);
    assertThat(reach.of(joined("db-1"))).isEmpty();
  }

  private static JoinedHost joined(String name) {
    EntryNumber entry = new EntryNumber(1);
    return new JoinedHost(
        HostName.parse(name).orElseThrow(),
        Map.of(),
        KeyScenario.key(),
        ServerMode.FILE,
        KeyScenario.NOW,
        entry,
        entry);
  }
}
