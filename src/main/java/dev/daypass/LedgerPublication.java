package dev.daypass;

import dev.daypass.config.ledger.CopyConfig;
import dev.daypass.config.ledger.LedgerConfig;
import dev.daypass.config.ledger.TileReaders;
import dev.daypass.custody.CopyPositionFile;
import dev.daypass.export.FolderCopy;
import dev.daypass.export.HttpPutCopy;
import dev.daypass.export.HttpWitness;
import dev.daypass.export.TokenFile;
import dev.daypass.issuance.Witnessing;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.publish.CopyTarget;
import dev.daypass.ledger.publish.LedgerCopy;
import dev.daypass.ledger.publish.PublishedTree;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.witness.WitnessPort;
import dev.daypass.ledger.witness.WitnessRounds;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.tile.TilePath;
import dev.daypass.tlog.witness.WitnessQuorum;
import dev.daypass.web.WebBackend;
import dev.daypass.web.audit.ErasureDesk;
import dev.daypass.web.audit.LedgerReader;
import dev.daypass.web.audit.TreeFiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ledger as others read it: served here, and copied off this machine. */
record LedgerPublication(
    Ledger ledger,
    PublishedTree tree,
    boolean open,
    List<LedgerCopy> copies,
    Optional<WitnessRounds> witnesses)
    implements TreeFiles, Witnessing {
  /** An entry is elsewhere a second or two after its receipt. */
  private static final Duration COPY = Duration.ofSeconds(1);

  /** How often it is seen whether a round of the witnesses is due. */
  private static final Duration ROUND = Duration.ofMillis(50);

  /** For how long somebody waits for them. */
  private static final Duration WITNESS_PATIENCE = Duration.ofSeconds(5);

  static LedgerPublication start(Foundation base, RunningParts parts) {
    PublishedTree tree = new PublishedTree(base.stores().ledger(), base.ledger()::size);
    LedgerConfig config = base.config().ledger();
    List<LedgerCopy> copies = new ArrayList<>();
    for (CopyConfig place : config.copies()) {
      CopyTarget target = target(place, parts);
      LedgerCopy copy =
          new LedgerCopy(
              base.ledger(),
              tree,
              target,
              new CopyPositionFile(base.state().copyPosition(target.name())));
      copies.add(copy);
      parts.every(COPY, copy::advance);
    }
    return new LedgerPublication(
        base.ledger(),
        tree,
        config.readers() == TileReaders.PUBLIC,
        List.copyOf(copies),
        witnesses(base, parts));
  }

  WebBackend.Auditing auditing(LedgerReader reader, ErasureDesk erasures) {
    return new WebBackend.Auditing(this, open, reader, erasures);
  }

  @Override
  public boolean isPossible() {
    return witnesses.isPresent();
  }

  @Override
  public Optional<Receipt> witnessed(Receipt receipt) {
    Optional<SignedCheckpoint> cosigned =
        witnesses.flatMap(rounds -> rounds.await(receipt.number(), WITNESS_PATIENCE));
    try {
      return cosigned.isEmpty()
          ? Optional.empty()
          : ledger.receipt(receipt.number(), cosigned.get());
    } catch (LedgerUnavailable _) {
      return Optional.empty();
    }
  }

  /** How each copy stands, in the words of {@code /readyz}; a bad copy stops no certificate. */
  Map<String, String> checks() {
    Map<String, String> checks = new TreeMap<>();
    for (int i = 0; i < copies.size(); i++) {
      var standing = copies.get(i).standing();
      String state = standing.failure().isPresent() ? "failing" : "ok";
      checks.put("copy-" + (i + 1), state + ", " + standing.behind() + " behind");
    }
    witnesses.ifPresent(rounds ->
        rounds.standings().forEach((name, state) -> checks.put("witness-" + name, state)));
    return checks;
  }

  void meter(MeterRegistry meters) {
    for (LedgerCopy copy : copies) {
      Tags tags = Tags.of("to", copy.standing().to());
      Gauge.builder("daypass.ledger.copy.behind", copy, c -> c.standing().behind())
          .description("Entries that the copy lacks")
          .tags(tags)
          .register(meters);
      Gauge.builder(
              "daypass.ledger.copy.failing", copy, c -> c.standing().failure().isPresent() ? 1 : 0)
          .description("1 if the last attempt to copy failed")
          .tags(tags)
          .register(meters);
    }
  }

  /** Where it is witnessed, what enough witnesses have cosigned, a second or two old. */
  @Override
  public Optional<String> checkpoint() {
    Optional<SignedNote> cosigned = witnesses.flatMap(WitnessRounds::cosigned);
    if (cosigned.isPresent()) {
      return cosigned.map(SignedNote::encode);
    }
    try {
      return Optional.of(ledger.checkpoint().note().encode());
    } catch (LedgerUnavailable _) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Bytes> file(TilePath path) throws IOException {
    try {
      return tree.file(path);
    } catch (StoreFailed e) {
      throw new IOException(e);
    }
  }

  private static Optional<WitnessRounds> witnesses(Foundation base, RunningParts parts) {
    WitnessQuorum quorum = base.config().ledger().witnesses();
    if (quorum.witnesses().isEmpty()) {
      return Optional.empty();
    }
    Map<String, WitnessPort> ports = new TreeMap<>();
    for (WitnessQuorum.Witness witness : quorum.witnesses()) {
      URI prefix = URI.create(witness.url().orElseThrow());
      ports.put(witness.name(), parts.started(new HttpWitness(prefix)));
    }
    WitnessRounds rounds = new WitnessRounds(base.ledger(), base.stores().ledger(), quorum, ports);
    parts.every(ROUND, rounds::advance);
    return Optional.of(rounds);
  }

  private static CopyTarget target(CopyConfig place, RunningParts parts) {
    return switch (place) {
      case CopyConfig.Folder(var folder) -> new FolderCopy(folder);
      case CopyConfig.Put(var url, var token) ->
          parts.started(new HttpPutCopy(url, TokenFile.reading(token)));
    };
  }
}
