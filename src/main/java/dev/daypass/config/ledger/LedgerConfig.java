package dev.daypass.config.ledger;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.tlog.witness.WitnessQuorum;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The key {@code ledger}.
 *
 * @param origin the ledger's name in every checkpoint, such as {@code ca.example.com/daypass}
 * @param head the signer's two-slot head file, on another volume than the state (DESIGN section 6)
 * @param readers who may read the published files
 * @param copies where the published files are copied to
 * @param witnesses who cosigns checkpoints, and who of them is enough
 * @param retention the key of that name: for how long details of a kind are kept, if not for ever
 */
public record LedgerConfig(
    String origin,
    Path head,
    TileReaders readers,
    List<CopyConfig> copies,
    WitnessQuorum witnesses,
    Map<EntryKind, Duration> retention) {
  static final Path DEFAULT_HEAD = Path.of("/var/lib/daypass-head/head");

  public LedgerConfig {
    copies = List.copyOf(copies);
    retention = Map.copyOf(retention);
  }
}
