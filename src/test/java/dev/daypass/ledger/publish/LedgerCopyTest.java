package dev.daypass.ledger.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TileCover;
import dev.daypass.tlog.tile.TilePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LedgerCopyTest {
  private final FakeTarget target = new FakeTarget();
  private final FakePosition position = new FakePosition();
  private TestLedger test;
  private PublishedTree tree;

  @BeforeEach
  void fill() throws Exception {
    InMemoryLedgerStore store = new InMemoryLedgerStore();
    test = TestLedger.over(store);
    tree = new PublishedTree(store, test.ledger()::size);
    append(300);
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void copiesEachFileAndTheCheckpointLast() throws Exception {
    LedgerCopy copy = copy();
    copy.advance();
    requireComplete();
    assertThat(target.last).isEqualTo("checkpoint");
    assertThat(copy.standing().behind()).isZero();
    assertThat(copy.standing().failure()).isEmpty();
    assertThat(position.note).contains(note());
  }

  @Test
  void copiesOnlyWhatIsNew() throws Exception {
    LedgerCopy copy = copy();
    copy.advance();
    target.writes = 0;
    copy.advance();
    assertThat(target.writes).isZero();
    append(1);
    copy.advance();
    // A bundle, a tile, and the checkpoint: the level above did not change.
    assertThat(target.writes).isEqualTo(3);
    requireComplete();
  }

  @Test
  void goesOnAfterEachCrashInBetween() throws Exception {
    for (int survives = 0; survives < 8; survives++) {
      target.failAfter = survives;
      append(200);
      copy().advance();
      target.failAfter = Integer.MAX_VALUE;
      append(1);
      LedgerCopy restarted = copy();
      restarted.advance();
      assertThat(restarted.standing().failure()).isEmpty();
      requireComplete();
    }
  }

  @Test
  void tellsOfAFailureAndOfItsEnd() throws Exception {
    LedgerCopy copy = copy();
    target.failAfter = 1;
    copy.advance();
    assertThat(copy.standing().failure()).contains("injected");
    assertThat(copy.standing().behind()).isEqualTo(301);
    target.failAfter = Integer.MAX_VALUE;
    copy.advance();
    assertThat(copy.standing().failure()).isEmpty();
    assertThat(copy.standing().behind()).isZero();
  }

  @Test
  void appendsNeverWaitForIt() throws Exception {
    target.during = () -> append(1);
    LedgerCopy copy = copy();
    copy.advance();
    assertThat(copy.standing().failure()).isEmpty();
    assertThat(test.ledger().size()).isGreaterThan(copy.standing().copied());
  }

  @Test
  void aLedgerThatLostEntriesOverwritesNothing() throws Exception {
    copy().advance();
    Map<String, Bytes> before = Map.copyOf(target.files);
    try (TestLedger other = TestLedger.over(new InMemoryLedgerStore())) {
      LedgerCopy copy =
          new LedgerCopy(
              other.ledger(),
              new PublishedTree(other.store(), other.ledger()::size),
              target,
              position);
      copy.advance();
      assertThat(copy.standing().failure().orElseThrow()).contains("301 entries", "lacks");
    }
    assertThat(target.files).isEqualTo(before);
  }

  @Test
  void withoutAPositionTheTargetItselfIsAsked() throws Exception {
    copy().advance();
    position.note = Optional.empty();
    target.writes = 0;
    LedgerCopy copy = copy();
    copy.advance();
    assertThat(copy.standing().copied()).isEqualTo(new TreeSize(301));
    assertThat(target.writes).isZero();
  }

  private LedgerCopy copy() {
    return new LedgerCopy(test.ledger(), tree, target, position);
  }

  private void append(int entries) {
    try {
      test.appendTogether(IntStream.range(0, entries).mapToObj(_ -> TestLedger.started()).toList());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String note() throws Exception {
    return test.ledger().checkpoint().note().encode();
  }

  private void requireComplete() throws Exception {
    for (TilePath path : TileCover.between(TreeSize.ZERO, test.ledger().size())) {
      assertThat(target.files).as(path.path()).containsEntry(path.path(), tree.file(path).get());
    }
    assertThat(target.files).containsEntry("checkpoint", Bytes.ofUtf8(note()));
  }

  private static final class FakePosition implements CopyPosition {
    private Optional<String> note = Optional.empty();

    @Override
    public Optional<String> read() {
      return note;
    }

    @Override
    public void write(String next) {
      note = Optional.of(next);
    }
  }

  private static final class FakeTarget implements CopyTarget {
    private final Map<String, Bytes> files = new HashMap<>();
    private int failAfter = Integer.MAX_VALUE;
    private int writes;
    private String last = "";
    private Runnable during = () -> {};

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public void write(String path, Bytes content) throws IOException {
      if (failAfter-- <= 0) {
        throw new IOException("injected");
      }
      during.run();
      writes++;
      last = path;
      files.put(path, content);
    }

    @Override
    public void settle() {}

    @Override
    public Optional<Bytes> read(String path) {
      return Optional.ofNullable(files.get(path));
    }
  }
}
