package dev.daypass.fleet.host;

import static dev.daypass.fleet.host.FleetScenario.DB;
import static dev.daypass.fleet.host.FleetScenario.DB_1;
import static dev.daypass.fleet.host.FleetScenario.OPERATOR;
import static dev.daypass.fleet.host.FleetScenario.WEB;
import static dev.daypass.fleet.host.FleetScenario.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.EntryKind;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change is finished by its own thread while the one that settles has just read it as begun. */
final class SettleRaceTest {
  @TempDir private Path folder;

  @Test
  @SuppressWarnings("try") // an interrupted close fails the test, which is what it should do
  void whatWasFinishedMeanwhileIsNotFinishedTwice() throws Exception {
    try (FleetScenario fleet = new FleetScenario(folder)) {
      JoinedHost host = fleet.joined(newKey(), DB_1, DB);
      AtomicInteger looks = new AtomicInteger();
      HostStore racing =
          (HostStore)
              Proxy.newProxyInstance(
                  HostStore.class.getClassLoader(),
                  new Class<?>[] {HostStore.class},
                  (_, method, arguments) ->
                      // The first look is that of the registry which is opened.
                      method.getName().equals("unfinished") && looks.getAndIncrement() == 1
                          ? List.of(relabelledMeanwhile(fleet, host))
                          : method.invoke(fleet.store, arguments));
      HostRegistry registry =
          HostRegistry.open(
              racing,
              fleet.ledger.ledger(),
              fleet.directory,
              fleet.ledger.clock()::now,
              new SecureRandom());
      registry.settle();
      assertThat(fleet.entries(EntryKind.HOST_CHANGED)).hasSize(1);
      assertThat(fleet.store.unfinished()).isEmpty();
      assertThat(looks).hasValueGreaterThan(1);
    }
  }

  /** As it was read before it was finished. */
  private static HostChange relabelledMeanwhile(FleetScenario fleet, JoinedHost host) {
    fleet.registry.relabel(DB_1, WEB, OPERATOR, "moved");
    return new HostChange(
        "a-change-that-is-over",
        HostChange.Kind.CHANGED,
        Optional.of(host.changed()),
        DB_1,
        WEB,
        host.key(),
        host.mode(),
        OPERATOR,
        "moved",
        fleet.ledger.clock().now());
  }
}
