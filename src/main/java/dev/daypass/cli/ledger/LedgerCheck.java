package dev.daypass.cli.ledger;

import dev.daypass.cli.call.Invocation;
import dev.daypass.ledger.verify.LedgerReport;
import java.nio.file.Path;
import java.util.List;

/** The verification of {@code daypassd ledger verify}, for commands that want it of a store. */
public final class LedgerCheck {
  private LedgerCheck() {}

  /**
   * Verifies that store as the configured ledger, with a progress bar on a terminal.
   *
   * @throws Exception also for what a command refuses, with its remedy
   */
  public static LedgerReport of(Invocation root, Path store) throws Exception {
    LedgerVerifyCommand command = new LedgerVerifyCommand(root);
    try (VerifyPlace place = VerifyPlace.ofStore(store)) {
      return command.verifier(place, command.configuredKey()).verify(List.of());
    }
  }
}
