package dev.daypass.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderCopyTest {
  @TempDir private Path folder;

  @Test
  void filesLieUnderTheirNames() throws Exception {
    FolderCopy copy = new FolderCopy(folder);
    copy.write("tile/entries/x001/234.p/12", Bytes.ofUtf8("a"));
    copy.write("checkpoint", Bytes.ofUtf8("b"));
    copy.settle();
    assertThat(folder.resolve("tile/entries/x001/234.p/12")).hasContent("a");
    assertThat(copy.read("checkpoint")).contains(Bytes.ofUtf8("b"));
    assertThat(copy.read("tile/0/000")).isEmpty();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("checkpoint", "tile");
  }

  @Test
  void aFileIsReplacedWhole() throws Exception {
    FolderCopy copy = new FolderCopy(folder);
    copy.write("checkpoint", Bytes.ofUtf8("longer than the next"));
    copy.write("checkpoint", Bytes.ofUtf8("short"));
    assertThat(folder.resolve("checkpoint")).hasContent("short");
  }

  @Test
  void partialTilesGoWhenTheFullOneIsThere() throws Exception {
    FolderCopy copy = new FolderCopy(folder);
    copy.write("tile/0/000.p/7", Bytes.ofUtf8("a"));
    copy.write("tile/0/000.p/9", Bytes.ofUtf8("b"));
    copy.write("tile/0/000", Bytes.ofUtf8("c"));
    assertThat(folder.resolve("tile/0/000.p")).doesNotExist();
    assertThat(folder.resolve("tile/0/000")).hasContent("c");
  }

  @Test
  void aShareThatIsNotMountedIsAFailure() {
    FolderCopy copy = new FolderCopy(folder.resolve("mnt"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> copy.write("checkpoint", Bytes.ofUtf8("a")))
        .withMessageContaining("there is no folder");
    assertThat(folder.resolve("mnt")).doesNotExist();
  }
}
