package dev.daypass.tlog.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
  // x001/x234/067 is the example of C2SP tlog-tiles.
  @ParameterizedTest
  @CsvSource({
    "tile/0/x001/x234/067, 0, 1234067, 256",
    "tile/0/000, 0, 0, 256",
    "tile/1/000.p/1, 1, 0, 1",
    "tile/0/999.p/255, 0, 999, 255",
    "tile/2/x001/000, 2, 1000, 256",
    "tile/7/x999/999.p/10, 7, 999999, 10",
    "tile/63/x001/x000/000, 63, 1000000, 256",
    "tile/0/x036/x028/x797/x018/x963/966, 0, 36028797018963966, 256",
  })
  void namesTilesAsTheDocumentSays(String path, int level, long index, int width)
      throws TlogFormatException {
    TilePath tile = new TilePath.Hashes(level, index, width);
    assertThat(tile.path()).isEqualTo(path);
    assertThat(TilePath.parse(path)).isEqualTo(tile);
  }

  @ParameterizedTest
  @CsvSource({"tile/entries/x001/x234/067, 1234067, 256", "tile/entries/273.p/112, 273, 112"})
  void namesBundlesAsTheDocumentSays(String path, long index, int width)
      throws TlogFormatException {
    TilePath bundle = new TilePath.Entries(index, width);
    assertThat(bundle.path()).isEqualTo(path);
    assertThat(TilePath.parse(path)).isEqualTo(bundle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile//000",
        "tile/00/000",
        "tile/01/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/64/000",
        "tile/8/data/000",
        "tile/entry/000",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/1000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/x001000",
        "tile/0/x001/x000",
        "tile/0/x000/001",
        "tile/0/x000/x001/001",
        "tile/0/X001/001",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/000/",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/-1",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/0/000?x",
        "tile/0/../0/000",
        "tile/0/x036/x028/x797/x018/x963/967",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
      })
  void refuses(String path) {
    assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(TlogFormatException.class);
  }

  @Test
  void saysWhereAPathIsMalformed() {
    assertThatThrownBy(() -> TilePath.parse("tile/0/x00/000"))
        .hasMessage("tile index needs groups of three digits at offset 10");
  }

  // C2SP tlog-tiles, section Partial Tiles: 70,000 entries, and exactly 256.
  @Test
  void coversTheTreesOfTheDocument() {
    List<TilePath> all = TileCover.between(TreeSize.ZERO, new TreeSize(70_000));
    assertThat(all.stream().filter(path -> path instanceof TilePath.Entries)).hasSize(274);
    assertThat(all.stream().filter(path -> isFullOnLevel(path, 0))).hasSize(273);
    assertThat(all)
        .contains(
            new TilePath.Entries(273, 112),
            new TilePath.Hashes(0, 273, 112),
            new TilePath.Hashes(1, 0, 256),
            new TilePath.Hashes(1, 1, 17),
            new TilePath.Hashes(2, 0, 1))
        .hasSize(274 + 274 + 3);
    assertThat(TileCover.between(TreeSize.ZERO, new TreeSize(256)))
        .containsExactly(
            new TilePath.Entries(0, 256),
            new TilePath.Hashes(0, 0, 256),
            new TilePath.Hashes(1, 0, 1));
  }

  @Test
  void addsOnlyWhatATreeLacked() {
    assertThat(TileCover.between(new TreeSize(7), new TreeSize(7))).isEmpty();
    assertThat(TileCover.between(TreeSize.ZERO, TreeSize.ZERO)).isEmpty();
    assertThat(TileCover.between(new TreeSize(256), new TreeSize(257)))
        .containsExactly(new TilePath.Entries(1, 1), new TilePath.Hashes(0, 1, 1));
    assertThat(TileCover.between(new TreeSize(255), new TreeSize(257)))
        .containsExactly(
            new TilePath.Entries(0, 256),
            new TilePath.Entries(1, 1),
            new TilePath.Hashes(0, 0, 256),
            new TilePath.Hashes(0, 1, 1),
            new TilePath.Hashes(1, 0, 1));
    assertThat(TileCover.between(new TreeSize(9), new TreeSize(8))).isEmpty();
  }

  @Test
  void whatATreeIsMadeOfExistsInIt() {
    for (int size = 1; size < 1100; size += 7) {
      TreeSize larger = new TreeSize(size);
      for (TilePath path : TileCover.between(TreeSize.ZERO, larger)) {
        assertThat(path.existsIn(larger)).isTrue();
        assertThat(path.existsIn(TreeSize.ZERO)).isFalse();
      }
    }
  }

  @Test
  void knowsWhatDoesNotExistYet() {
    TreeSize size = new TreeSize(256);
    assertThat(new TilePath.Hashes(0, 0, 255).existsIn(size)).isTrue();
    assertThat(new TilePath.Hashes(0, 1, 1).existsIn(size)).isFalse();
    assertThat(new TilePath.Hashes(1, 0, 2).existsIn(size)).isFalse();
    assertThat(new TilePath.Hashes(2, 0, 1).existsIn(size)).isFalse();
    assertThat(new TilePath.Entries(0, 256).existsIn(new TreeSize(255))).isFalse();
    TreeSize most = new TreeSize(Long.MAX_VALUE);
    assertThat(new TilePath.Hashes(7, 0, 127).existsIn(most)).isTrue();
    assertThat(new TilePath.Hashes(7, 0, 128).existsIn(most)).isFalse();
    assertThat(new TilePath.Hashes(8, 0, 1).existsIn(most)).isFalse();
    assertThat(new TilePath.Hashes(63, 0, 1).existsIn(most)).isFalse();
  }

  @Test
  void refusesToNameWhatIsNoTile() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TilePath.Hashes(64, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TilePath.Hashes(-1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TilePath.Hashes(0, -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TilePath.Entries(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new TilePath.Entries(0, 257));
    assertThatIllegalArgumentException().isThrownBy(() -> new TilePath.Entries(1L << 55, 1));
  }

  private static boolean isFullOnLevel(TilePath path, int level) {
    return path instanceof TilePath.Hashes hashes && hashes.level() == level && hashes.isFull();
  }
}
