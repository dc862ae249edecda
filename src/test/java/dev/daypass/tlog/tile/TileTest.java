package dev.daypass.tlog.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Growth;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.HashReader;
import dev.daypass.tlog.Opaque;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, 70_000})
  void provesFromTilesWhatTheTreeProves(int entries) throws TlogFormatException {
    TreeSize size = new TreeSize(entries);
    HashReader tree = tree(entries);
    Map<TilePath, byte[]> served = new HashMap<>();
    for (TilePath path : TileCover.between(TreeSize.ZERO, size)) {
      if (path instanceof TilePath.Hashes hashes) {
        served.put(path, Tile.read(hashes, tree).encode());
      }
    }
    TreeProver fromTiles = new TreeProver(new TileHashReader(size, path -> tile(served, path)));
    TreeProver fromTree = new TreeProver(tree);
    assertThat(fromTiles.root(size)).isEqualTo(fromTree.root(size));
    for (int index = 0; index < entries; index += 1 + entries / 5) {
      EntryNumber number = new EntryNumber(index);
      assertThat(fromTiles.inclusion(number, size)).isEqualTo(fromTree.inclusion(number, size));
      TreeSize from = new TreeSize(index);
      assertThat(fromTiles.consistency(from, size)).isEqualTo(fromTree.consistency(from, size));
    }
  }

  @Test
  void aFullTileIsHashedIntoTheLevelAbove() {
    HashReader tree = tree(256);
    Tile tile = Tile.read(new TilePath.Hashes(0, 0, 256), tree);
    Tile above = Tile.read(new TilePath.Hashes(1, 0, 1), tree);
    assertThat(tile.encode()).hasSize(8192);
    assertThat(above.hashes()).containsExactly(tile.subtree(8, 0));
    assertThat(above.hashes()).containsExactly(new TreeProver(tree).root(new TreeSize(256)));
  }

  @Test
  void readsNoSubtreeThatReachesBeyondTheTree() {
    TreeSize size = new TreeSize(5);
    TileHashReader reader = new TileHashReader(size, path -> Tile.read(path, tree(5)));
    assertThat(reader.subtree(2, 0)).isEqualTo(tree(5).subtree(2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> reader.subtree(0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> reader.subtree(1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> reader.subtree(3, 0));
  }

  @Test
  void refusesContentOfAnotherLength() {
    for (int length : new int[] {0, 1, 31, 33, 64, 8192}) {
      assertThatThrownBy(() -> Tile.decode(new byte[length], 1))
          .isInstanceOf(TlogFormatException.class);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Tile.decode(new byte[0], 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Tile.decode(new byte[32 * 257], 257));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tile(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tile(Collections.nCopies(257, Hash.EMPTY_ROOT)));
  }

  @Test
  void writesEntriesBehindTheirLength() throws TlogFormatException {
    Opaque longest = Opaque.of(new byte[EntryBundle.MAX_ENTRY_BYTES]);
    EntryBundle bundle =
        new EntryBundle(List.of(Opaque.of(new byte[] {7}), Opaque.of(new byte[0]), longest));
    byte[] content = bundle.encode();
    assertThat(content).startsWith(0, 1, 7, 0, 0, 0xff, 0xff).hasSize(7 + 65_535);
    assertThat(EntryBundle.decode(content, 3)).isEqualTo(bundle);
    assertThat(bundle.leafHashes().hashes().getFirst()).isEqualTo(Hash.leaf(new byte[] {7}));
  }

  @Test
  void refusesMalformedBundles() {
    assertRefused(1);
    assertRefused(1, 0);
    assertRefused(1, 0, 1);
    assertRefused(1, 0, 2, 7);
    assertRefused(1, 0, 1, 7, 0);
    assertRefused(1, 0, 1, 7, 0, 0);
    assertRefused(2, 0, 1, 7);
    assertRefused(1, 0xff, 0xff, 7);
    assertThatThrownBy(() -> EntryBundle.decode(new byte[] {0, 1, 7, 0, 2, 7}, 2))
        .hasMessage("bundle ends within an entry at offset 5");
  }

  @Test
  void refusesToHoldWhatItCouldNotEncode() {
    Opaque tooLong = Opaque.of(new byte[EntryBundle.MAX_ENTRY_BYTES + 1]);
    Opaque empty = Opaque.of(new byte[0]);
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryBundle(List.of(tooLong)));
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryBundle(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EntryBundle(Collections.nCopies(257, empty)));
  }

  private static void assertRefused(int width, int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      bytes[i] = (byte) content[i];
    }
    assertThatThrownBy(() -> EntryBundle.decode(bytes, width))
        .isInstanceOf(TlogFormatException.class);
  }

  private static Tile tile(Map<TilePath, byte[]> served, TilePath.Hashes path) {
    try {
      return Tile.decode(Objects.requireNonNull(served.get(path), path::path), path.width());
    } catch (TlogFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HashReader tree(int entries) {
    List<Hash> leaves =
        IntStream.range(0, entries)
            .mapToObj(i -> Hash.leaf(ByteBuffer.allocate(4).putInt(i).array()))
            .toList();
    Map<List<Long>, Hash> subtrees = new HashMap<>();
    for (Growth.Subtree subtree : Frontier.EMPTY.append(leaves).completed()) {
      subtrees.put(List.of((long) subtree.level(), subtree.index()), subtree.hash());
    }
    return (level, index) -> Objects.requireNonNull(subtrees.get(List.of((long) level, index)));
  }
}
