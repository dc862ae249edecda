package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every proof of every tree of up to 130 entries, made three ways and verified twice. */
class TreeProofTest {
  private static final int LARGEST = 130;
  private static final List<byte[]> ENTRIES = ReferenceTree.entries(LARGEST);
  private static final InMemoryHashes STORED = InMemoryHashes.of(ENTRIES);
  private static final TreeProver PROVER = new TreeProver(STORED);
  private static final List<Hash> ROOTS = roots();

  @Test
  void provesEveryInclusionAsDefined() throws InclusionProofVerificationException {
    for (int size = 1; size <= LARGEST; size++) {
      for (int index = 0; index < size; index++) {
        InclusionProof proof = PROVER.inclusion(new EntryNumber(index), new TreeSize(size));
        List<Hash> defined = ReferenceTree.path(index, ENTRIES.subList(0, size));
        assertThat(proof.hashes()).isEqualTo(defined);
        assertThat(proof.hashes())
            .hasSize(InclusionProof.length(new EntryNumber(index), new TreeSize(size)));
        assertThat(proof.verifies(leaf(index), ROOTS.get(size))).isTrue();
        sigstoreVerifies(proof, leaf(index), ROOTS.get(size));
      }
    }
  }

  @Test
  void provesEveryConsistencyAsDefined() {
    for (int to = 0; to <= LARGEST; to++) {
      for (int from = 0; from <= to; from++) {
        ConsistencyProof proof = PROVER.consistency(new TreeSize(from), new TreeSize(to));
        List<Hash> defined =
            from == 0 ? List.of() : ReferenceTree.proof(from, ENTRIES.subList(0, to));
        assertThat(proof.hashes()).isEqualTo(defined);
        assertThat(proof.verifies(ROOTS.get(from), ROOTS.get(to))).isTrue();
      }
    }
  }

  @Test
  void everyGrowthProvesItsBatchAsTheStoredTreeDoes() {
    List<Hash> leaves = ReferenceTree.leaves(ENTRIES);
    for (int from = 0; from <= LARGEST; from++) {
      Frontier older = Frontier.read(new TreeSize(from), STORED);
      assertThat(older.root()).isEqualTo(ROOTS.get(from));
      for (int to = from; to <= LARGEST; to++) {
        Growth growth = older.append(leaves.subList(from, to));
        TreeSize size = new TreeSize(to);
        assertThat(growth.frontier().size()).isEqualTo(size);
        assertThat(growth.frontier().peaks()).isEqualTo(Frontier.read(size, STORED).peaks());
        assertThat(growth.frontier().root()).isEqualTo(ROOTS.get(to));
        assertThat(growth.consistencyProof()).isEqualTo(PROVER.consistency(older.size(), size));
        for (int index = from; index < to; index++) {
          EntryNumber number = new EntryNumber(index);
          assertThat(growth.inclusionProof(number)).isEqualTo(PROVER.inclusion(number, size));
        }
      }
    }
  }

  @Test
  void completesTheSameSubtreesInBatchesAsAtOnce() {
    InMemoryHashes batched = new InMemoryHashes();
    List<Hash> leaves = ReferenceTree.leaves(ENTRIES);
    int size = 0;
    for (int batch = 0; size < LARGEST; batch++) {
      int next = Math.min(LARGEST, size + batch % 7);
      batched.append(leaves.subList(size, next));
      size = next;
    }
    for (int level = 0; level < 8; level++) {
      for (int index = 0; index < LARGEST >> level; index++) {
        assertThat(batched.subtree(level, index)).isEqualTo(STORED.subtree(level, index));
      }
    }
  }

  @Test
  void noMutatedInclusionVerifies() {
    for (int size = 1; size <= 40; size++) {
      for (int index = 0; index < size; index++) {
        InclusionProof proof = PROVER.inclusion(new EntryNumber(index), new TreeSize(size));
        Hash root = ROOTS.get(size);
        assertThat(proof.verifies(leaf((index + 1) % LARGEST), root)).isFalse();
        assertThat(proof.verifies(leaf(index), ROOTS.get(size + 1))).isFalse();
        for (List<Hash> hashes : mutations(proof.hashes())) {
          InclusionProof mutated = new InclusionProof(proof.index(), proof.size(), hashes);
          assertThat(mutated.verifies(leaf(index), root)).isFalse();
        }
        for (int other = 0; other < size; other++) {
          InclusionProof moved =
              new InclusionProof(new EntryNumber(other), proof.size(), proof.hashes());
          assertThat(moved.verifies(leaf(index), root)).isEqualTo(other == index);
        }
      }
    }
  }

  @Test
  void noMutatedConsistencyVerifies() {
    for (int to = 1; to <= 40; to++) {
      for (int from = 1; from < to; from++) {
        ConsistencyProof proof = PROVER.consistency(new TreeSize(from), new TreeSize(to));
        assertThat(proof.verifies(ROOTS.get(from - 1), ROOTS.get(to))).isFalse();
        assertThat(proof.verifies(ROOTS.get(from), ROOTS.get(to + 1))).isFalse();
        assertThat(proof.verifies(ROOTS.get(to), ROOTS.get(from))).isFalse();
        for (List<Hash> hashes : mutations(proof.hashes())) {
          ConsistencyProof mutated = new ConsistencyProof(proof.from(), proof.to(), hashes);
          assertThat(mutated.verifies(ROOTS.get(from), ROOTS.get(to))).isFalse();
        }
      }
    }
  }

  @Test
  void consistencyFromNothingOrWithItselfTakesNoHash() {
    Hash root = ROOTS.get(5);
    List<Hash> one = List.of(root);
    TreeSize five = new TreeSize(5);
    assertThat(new ConsistencyProof(TreeSize.ZERO, five, List.of()).verifies(Hash.EMPTY_ROOT, root))
        .isTrue();
    assertThat(new ConsistencyProof(TreeSize.ZERO, five, one).verifies(Hash.EMPTY_ROOT, root))
        .isFalse();
    assertThat(new ConsistencyProof(TreeSize.ZERO, five, List.of()).verifies(root, root)).isFalse();
    assertThat(
            new ConsistencyProof(TreeSize.ZERO, TreeSize.ZERO, List.of())
                .verifies(Hash.EMPTY_ROOT, root))
        .isFalse();
    assertThat(new ConsistencyProof(five, five, one).verifies(root, root)).isFalse();
    assertThat(new ConsistencyProof(five, five, List.of()).verifies(root, ROOTS.get(6))).isFalse();
  }

  @Test
  void refusesWhatNoTreeHolds() {
    TreeSize five = new TreeSize(5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PROVER.inclusion(new EntryNumber(5), five));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PROVER.consistency(five, new TreeSize(4)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InclusionProof(new EntryNumber(0), TreeSize.ZERO, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConsistencyProof(five, TreeSize.ZERO, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Frontier.of(five, List.of(Hash.EMPTY_ROOT)));
    Growth growth = Frontier.read(five, STORED).append(List.of(leaf(5)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> growth.inclusionProof(new EntryNumber(4)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> growth.inclusionProof(new EntryNumber(6)));
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryNumber(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TreeSize(-1));
  }

  @Test
  void sigstoreRefusesWhatWeRefuse() {
    InclusionProof proof = PROVER.inclusion(new EntryNumber(3), new TreeSize(7));
    assertThatCode(() -> sigstoreVerifies(proof, leaf(3), ROOTS.get(7))).doesNotThrowAnyException();
    for (List<Hash> hashes : mutations(proof.hashes())) {
      InclusionProof mutated = new InclusionProof(proof.index(), proof.size(), hashes);
      assertThatThrownBy(() -> sigstoreVerifies(mutated, leaf(3), ROOTS.get(7)))
          .isInstanceOf(InclusionProofVerificationException.class);
    }
  }

  @Test
  void verifiesProofsOfTheLargestTreesWithoutOverflow() {
    TreeSize most = new TreeSize(Long.MAX_VALUE);
    // A tree whose perfect subtrees of a level are all alike.
    List<Hash> alike = new ArrayList<>(List.of(leaf(0)));
    for (int level = 1; level < Long.SIZE; level++) {
      alike.add(Hash.node(alike.getLast(), alike.getLast()));
    }
    TreeProver prover = new TreeProver((level, _) -> alike.get(level));
    Hash root = prover.root(most);
    for (long index : new long[] {0, 1, 1L << 62, Long.MAX_VALUE - 2, Long.MAX_VALUE - 1}) {
      assertThat(prover.inclusion(new EntryNumber(index), most).verifies(leaf(0), root)).isTrue();
    }
    for (long from : new long[] {1, 2, 1L << 62, (1L << 62) + 1, Long.MAX_VALUE - 1}) {
      Hash fromRoot = prover.root(new TreeSize(from));
      assertThat(prover.consistency(new TreeSize(from), most).verifies(fromRoot, root)).isTrue();
    }
  }

  /** One bit turned in each hash, each left out, doubled and swapped, one more at either end. */
  private static List<List<Hash>> mutations(List<Hash> hashes) {
    List<List<Hash>> mutations = new ArrayList<>();
    for (int i = 0; i < hashes.size(); i++) {
      byte[] turned = hashes.get(i).toArray();
      turned[i] ^= 1;
      mutations.add(with(hashes, i, 1, Hash.of(turned)));
      mutations.add(with(hashes, i, 1));
      mutations.add(with(hashes, i, 0, hashes.get(i)));
      if (i > 0 && !hashes.get(i).equals(hashes.get(i - 1))) {
        mutations.add(with(hashes, i - 1, 2, hashes.get(i), hashes.get(i - 1)));
      }
    }
    mutations.add(with(hashes, 0, 0, Hash.EMPTY_ROOT));
    mutations.add(with(hashes, hashes.size(), 0, Hash.EMPTY_ROOT));
    return mutations;
  }

  private static List<Hash> with(List<Hash> hashes, int at, int removed, Hash... added) {
    List<Hash> result = new ArrayList<>(hashes.subList(0, at));
    result.addAll(List.of(added));
    result.addAll(hashes.subList(at + removed, hashes.size()));
    return result;
  }

  private static void sigstoreVerifies(InclusionProof proof, Hash leaf, Hash root)
      throws InclusionProofVerificationException {
    List<byte[]> path = proof.hashes().stream().map(Hash::toArray).toList();
    InclusionProofVerifier.verify(
        leaf.toArray(), proof.index().value(), proof.size().value(), path, root.toArray());
  }

  private static Hash leaf(int index) {
    return Hash.leaf(ENTRIES.get(index));
  }

  private static List<Hash> roots() {
    List<Hash> roots = new ArrayList<>();
    for (int size = 0; size <= LARGEST; size++) {
      roots.add(ReferenceTree.treeHash(ENTRIES.subList(0, size)));
    }
    return roots;
  }
}
