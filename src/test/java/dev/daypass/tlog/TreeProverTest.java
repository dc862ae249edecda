package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeProverTest {
  private static final long TEN_MILLION = 10_000_000;

  // 10,000,000 entries of which those of a level are all alike: as deep as the real tree, and
  // kept in 24 hashes.
  private final List<Hash> alike = alike();
  private long reads;
  private final TreeProver prover =
      new TreeProver((level, index) -> {
        assertThat((index + 1) << level).isLessThanOrEqualTo(TEN_MILLION);
        reads++;
        return alike.get(level);
      });

  @Test
  void readsFewHashesOfATreeOfTenMillion() {
    TreeSize size = new TreeSize(TEN_MILLION);
    int depth = Long.SIZE - Long.numberOfLeadingZeros(TEN_MILLION);
    Hash root = prover.root(size);
    assertThat(reads).isEqualTo(Long.bitCount(TEN_MILLION));
    Random random = new Random(6962);
    for (int i = 0; i < 2_000; i++) {
      long number = random.nextLong(1, TEN_MILLION);
      reads = 0;
      InclusionProof inclusion = prover.inclusion(new EntryNumber(number), size);
      assertThat(reads).isLessThanOrEqualTo(2L * depth);
      assertThat(inclusion.verifies(alike.getFirst(), root)).isTrue();
      TreeSize from = new TreeSize(number);
      Hash fromRoot = prover.root(from);
      reads = 0;
      ConsistencyProof consistency = prover.consistency(from, size);
      assertThat(reads).isLessThanOrEqualTo(2L * depth);
      assertThat(consistency.verifies(fromRoot, root)).isTrue();
    }
  }

  // 4,000 proofs take some 50 ms; the bound leaves room for a machine that is busy.
  @Test
  void provesFastInATreeOfTenMillion() {
    TreeSize size = new TreeSize(TEN_MILLION);
    long start = System.nanoTime();
    for (long i = 0; i < 2_000; i++) {
      long number = 1 + i * 4_999;
      prover.inclusion(new EntryNumber(number), size);
      prover.consistency(new TreeSize(number), size);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void growsByOneEntryAtATimeWithoutReadingStorage() {
    InMemoryHashes stored = new InMemoryHashes();
    Frontier frontier = Frontier.EMPTY;
    for (int i = 0; i < 5_000; i++) {
      Hash leaf = Hash.leaf(ByteBuffer.allocate(4).putInt(i).array());
      Growth growth = stored.append(List.of(leaf));
      Hash older = frontier.root();
      frontier = growth.frontier();
      assertThat(growth.inclusionProof(new EntryNumber(i)).verifies(leaf, frontier.root()))
          .isTrue();
      assertThat(growth.consistencyProof().verifies(older, frontier.root())).isTrue();
    }
    assertThat(stored.reads()).isZero();
    assertThat(stored.frontier().root())
        .isEqualTo(new TreeProver(stored).root(new TreeSize(5_000)));
  }

  private static List<Hash> alike() {
    List<Hash> alike = new ArrayList<>(List.of(Hash.leaf(new byte[0])));
    for (int level = 1; level < Long.SIZE; level++) {
      alike.add(Hash.node(alike.getLast(), alike.getLast()));
    }
    return alike;
  }
}
