package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.config.DaypassConfig;
import dev.daypass.config.policy.LoadedPolicy;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.operator.ClockThaw;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningEntriesTest {
  private static final List<EntryKind> OPENING =
      List.of(
          EntryKind.DAEMON_STARTED,
          EntryKind.CONFIG_LOADED,
          EntryKind.POLICY_LOADED,
          EntryKind.BUNDLE_PUBLISHED);

  @TempDir private Path folder;

  @Test
  void writesEachOnceHoweverOftenItIsAsked() throws Exception {
    try (TestLedger test = TestLedger.over(new InMemoryLedgerStore())) {
      Opening opening = opening(test);

      opening.entries().write(opening.policy());
      opening.entries().write(opening.policy());

      assertThat(opening.entries().written()).isTrue();
      assertThat(kindsAfterTheFirst(test)).isEqualTo(OPENING);
    }
  }

  @Test
  void waitsForAClockInDoubtAndGoesOnOnceAnOperatorVouchesForIt() throws Exception {
    try (TestLedger test = TestLedger.over(new InMemoryLedgerStore())) {
      Opening opening = opening(test);
      test.clock().synchronised(false);
      test.clock().jump(Duration.ofMinutes(-10));

      opening.entries().write(opening.policy());
      assertThat(opening.entries().written()).isFalse();
      assertThat(kindsAfterTheFirst(test)).isEmpty();

      assertThat(new ClockThaw(test.ledger()).run("root", List.of())).startsWith("done");
      opening.entries().write(opening.policy());
      assertThat(opening.entries().written()).isTrue();
      assertThat(kindsAfterTheFirst(test))
          .startsWith(EntryKind.CLOCK_THAWED)
          .endsWith(OPENING.toArray(EntryKind[]::new))
          .hasSize(1 + OPENING.size());
    }
  }

  private record Opening(OpeningEntries entries, LoadedPolicy policy) {}

  private Opening opening(TestLedger test) throws Exception {
    CaFiles files =
        CaFiles.make(
            folder,
            folder.resolve("head").resolve("head"),
            TestCa.with().settings("http://127.0.0.1:9/idp"));
    DaypassConfig config = files.config();
    return new Opening(
        new OpeningEntries(
            test.ledger(), config, test.signer().keys(), StateFolder.open(files.state())),
        PolicyFile.read(config.policy(), config.identity().keySet()));
  }

  private static List<EntryKind> kindsAfterTheFirst(TestLedger test) throws Exception {
    List<EntryKind> kinds = new ArrayList<>();
    for (long number = 1; number < test.ledger().size().value(); number++) {
      kinds.add(test.ledger().entry(new EntryNumber(number)).orElseThrow().kind());
    }
    return kinds;
  }
}
