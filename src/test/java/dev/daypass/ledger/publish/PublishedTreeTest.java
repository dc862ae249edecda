package dev.daypass.ledger.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.EntryBundle;
import dev.daypass.tlog.tile.Tile;
import dev.daypass.tlog.tile.TileCover;
import dev.daypass.tlog.tile.TileHashReader;
import dev.daypass.tlog.tile.TilePath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PublishedTreeTest {
  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final Map<Long, Hash> roots = new TreeMap<>();
  private TestLedger test;
  private PublishedTree tree;

  @BeforeEach
  void fill() throws Exception {
    test = TestLedger.over(store);
    for (int batch : List.of(1, 253, 1, 1, 300, 210)) {
      test.appendTogether(IntStream.range(0, batch).mapToObj(_ -> TestLedger.started()).toList());
      Checkpoint newest = test.ledger().checkpoint().checkpoint();
      roots.put(newest.size().value(), newest.root());
    }
    tree = new PublishedTree(store, test.ledger()::size);
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void eachPublishedTreeIsInTheFilesOfItsSize() throws Exception {
    assertThat(roots).containsKeys(255L, 256L, 257L, 767L);
    for (Map.Entry<Long, Hash> published : roots.entrySet()) {
      TreeSize size = new TreeSize(published.getKey());
      TileHashReader files = new TileHashReader(size, this::tile);
      assertThat(new TreeProver(files).root(size)).isEqualTo(published.getValue());
    }
  }

  @Test
  void bundlesHashToTheTilesBesideThem() throws Exception {
    for (TilePath path : TileCover.between(TreeSize.ZERO, test.ledger().size())) {
      if (path instanceof TilePath.Entries(long index, int width)) {
        EntryBundle bundle = EntryBundle.decode(content(path).toArray(), width);
        assertThat(bundle.leafHashes()).isEqualTo(tile(new TilePath.Hashes(0, index, width)));
      }
    }
  }

  @Test
  void nothingIsPublishedBeyondTheSignedTree() throws Exception {
    PublishedTree behind = new PublishedTree(store, () -> new TreeSize(300));
    assertThat(behind.file(new TilePath.Entries(1, 44))).isPresent();
    assertThat(behind.file(new TilePath.Entries(1, 45))).isEmpty();
    assertThat(behind.file(new TilePath.Hashes(0, 1, 256))).isEmpty();
  }

  @Test
  void rootsOfOlderTreesAreKnown() throws Exception {
    assertThat(tree.root(new TreeSize(256))).isEqualTo(roots.get(256L));
  }

  private Tile tile(TilePath.Hashes path) {
    try {
      return Tile.decode(content(path).toArray(), path.width());
    } catch (Exception e) {
      throw new AssertionError(path.path(), e);
    }
  }

  private Bytes content(TilePath path) throws Exception {
    return tree.file(path).orElseThrow(() -> new AssertionError("no " + path.path()));
  }
}
