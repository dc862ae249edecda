package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Roots and proofs that others published. */
class PublishedTreeTest {
  // The reference inputs of certificate-transparency (merkle_tree_test.cc), also in
  // transparency-dev/merkle, testonly/constants.go.
  private static final List<byte[]> INPUTS =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .toList();

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  // certificate-transparency, merkle_tree_test.cc: inclusion as (leaf from 0, size), consistency
  // as (from, to).
  private static final InclusionProof PATH_0_8 =
      inclusion(
          0,
          8,
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
  private static final InclusionProof PATH_5_8 =
      inclusion(
          5,
          8,
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  private static final InclusionProof PATH_2_3 =
      inclusion(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  private static final InclusionProof PATH_1_5 =
      inclusion(
          1,
          5,
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");

  private static final ConsistencyProof PROOF_1_8 =
      consistency(
          1,
          8,
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
  private static final ConsistencyProof PROOF_6_8 =
      consistency(
          6,
          8,
          "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  private static final ConsistencyProof PROOF_2_5 =
      consistency(
          2,
          5,
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");

  private final InMemoryHashes hashes = InMemoryHashes.of(INPUTS);
  private final TreeProver prover = new TreeProver(hashes);

  @Test
  void agreesWithReferenceRoots() {
    for (int size = 0; size <= INPUTS.size(); size++) {
      Hash root = Hash.ofHex(ROOTS.get(size));
      assertThat(prover.root(new TreeSize(size))).isEqualTo(root);
      List<Hash> leaves = ReferenceTree.leaves(INPUTS.subList(0, size));
      assertThat(Frontier.EMPTY.append(leaves).frontier().root()).isEqualTo(root);
    }
  }

  @Test
  void agreesWithReferenceInclusionPaths() {
    assertThat(prover.inclusion(new EntryNumber(0), new TreeSize(1)).hashes()).isEmpty();
    for (InclusionProof published : List.of(PATH_0_8, PATH_5_8, PATH_2_3, PATH_1_5)) {
      assertThat(prover.inclusion(published.index(), published.size())).isEqualTo(published);
      Hash leaf = Hash.leaf(INPUTS.get((int) published.index().value()));
      assertThat(published.verifies(leaf, root(published.size()))).isTrue();
    }
  }

  @Test
  void agreesWithReferenceConsistencyProofs() {
    for (ConsistencyProof published : List.of(PROOF_1_8, PROOF_6_8, PROOF_2_5)) {
      assertThat(prover.consistency(published.from(), published.to())).isEqualTo(published);
      assertThat(published.verifies(root(published.from()), root(published.to()))).isTrue();
    }
  }

  // RFC 6962 section 2.1.3: inclusion in the tree of seven, and consistency with it of the trees
  // of three, four and six, named by the letters of its figure.
  @Test
  void agreesWithExampleOfRfc6962() {
    TreeSize seven = new TreeSize(7);
    Hash a = hashes.subtree(0, 0);
    Hash b = hashes.subtree(0, 1);
    Hash c = hashes.subtree(0, 2);
    Hash d = hashes.subtree(0, 3);
    Hash e = hashes.subtree(0, 4);
    Hash f = hashes.subtree(0, 5);
    Hash g = Hash.node(a, b);
    Hash h = Hash.node(c, d);
    Hash i = Hash.node(e, f);
    Hash j = hashes.subtree(0, 6);
    Hash k = Hash.node(g, h);
    Hash l = Hash.node(i, j);
    assertThat(prover.inclusion(new EntryNumber(0), seven).hashes()).containsExactly(b, h, l);
    assertThat(prover.inclusion(new EntryNumber(3), seven).hashes()).containsExactly(c, g, l);
    assertThat(prover.inclusion(new EntryNumber(4), seven).hashes()).containsExactly(f, j, k);
    assertThat(prover.inclusion(new EntryNumber(6), seven).hashes()).containsExactly(i, k);
    assertThat(prover.consistency(new TreeSize(3), seven).hashes()).containsExactly(c, d, g, l);
    assertThat(prover.consistency(new TreeSize(4), seven).hashes()).containsExactly(l);
    assertThat(prover.consistency(new TreeSize(6), seven).hashes()).containsExactly(i, j, k);
  }

  // draft-ietf-plants-merkle-tree-certs, appendix Subtree Test Vectors: SHA-256 over the hash of
  // every subtree, and over every inclusion proof in one, of the trees of up to 130 entries.
  @Test
  void agreesWithAccumulatedVectorsUpToSize130() {
    InMemoryHashes large = InMemoryHashes.of(ReferenceTree.entries(130));
    MessageDigest roots = Hash.sha256();
    MessageDigest paths = Hash.sha256();
    for (int end = 0; end <= 130; end++) {
      for (int start = 0; start <= end; start++) {
        if (isSubtree(start, end)) {
          accumulate(large, start, end, roots, paths);
        }
      }
    }
    assertThat(HexFormat.of().formatHex(roots.digest()))
        .isEqualTo("b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81");
    assertThat(HexFormat.of().formatHex(paths.digest()))
        .isEqualTo("ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f");
  }

  private static void accumulate(
      HashReader tree, int start, int end, MessageDigest roots, MessageDigest paths) {
    TreeSize size = new TreeSize(end - start);
    TreeProver subtree =
        new TreeProver((level, index) -> tree.subtree(level, index + (start >> level)));
    add(roots, "[%d, %d) %s\n".formatted(start, end, subtree.root(size).hex()));
    for (int index = 0; index < end - start; index++) {
      String path =
          subtree.inclusion(new EntryNumber(index), size).hashes().stream()
              .map(hash -> " " + hash.hex())
              .collect(Collectors.joining());
      add(paths, "%d [%d, %d)%s\n".formatted(start + index, start, end, path));
    }
  }

  private static boolean isSubtree(int start, int end) {
    int length = end - start;
    int ceiling = length <= 1 ? 1 : Integer.highestOneBit(length - 1) << 1;
    return start == 0 || length == 0 || start % ceiling == 0;
  }

  private static void add(MessageDigest digest, String line) {
    digest.update(line.getBytes(StandardCharsets.US_ASCII));
  }

  private static Hash root(TreeSize size) {
    return Hash.ofHex(ROOTS.get((int) size.value()));
  }

  private static InclusionProof inclusion(long index, long size, String... hashes) {
    return new InclusionProof(
        new EntryNumber(index), new TreeSize(size), Stream.of(hashes).map(Hash::ofHex).toList());
  }

  private static ConsistencyProof consistency(long from, long to, String... hashes) {
    return new ConsistencyProof(
        new TreeSize(from), new TreeSize(to), Stream.of(hashes).map(Hash::ofHex).toList());
  }
}
