package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.daypass.ssh.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KrlFileTest {
  private static final Bytes FIRST = Bytes.ofUtf8("the first list");

  @TempDir private Path folder;
  private KrlFile file;

  @BeforeEach
  void open() {
    file = new KrlFile(folder.resolve("krl"));
  }

  @Test
  void isEmptyBeforeTheFirstList() throws Exception {
    assertThat(file.read()).isEmpty();
  }

  @Test
  void keepsTheLastListAlone() throws Exception {
    file.write(FIRST);
    assertThat(file.read()).contains(FIRST);
    file.write(Bytes.ofUtf8("2"));
    assertThat(file.read()).contains(Bytes.ofUtf8("2"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file.path());
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void overlooksWhatACrashLeft() throws Exception {
    file.write(FIRST);
    Files.writeString(folder.resolve("krl.new"), "half a li");
    assertThat(new KrlFile(file.path()).read()).contains(FIRST);
    file.write(Bytes.ofUtf8("2"));
    assertThat(file.read()).contains(Bytes.ofUtf8("2"));
  }

  @Test
  void aFailedWriteLeavesWhatWasThere() throws Exception {
    file.write(FIRST);
    Files.createDirectory(folder.resolve("krl.new"));
    Files.createFile(folder.resolve("krl.new").resolve("in the way"));
    assertThatIOException().isThrownBy(() -> file.write(Bytes.ofUtf8("2")));
    assertThat(file.read()).contains(FIRST);
  }
}
