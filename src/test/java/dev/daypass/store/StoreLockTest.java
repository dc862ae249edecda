package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.store.StoreFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreLockTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("ledger.db.lock");
  }

  @Test
  void keepsASecondOpenerOfTheSameProcessOut() throws Exception {
    try (StoreLock _ = StoreLock.take(file)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> StoreLock.take(file))
            .isInstanceOf(StoreFailed.class)
            .hasMessage("another process uses this store: " + file + " is locked");
      }
    }
  }

  @Test
  void keepsTheKernelsLockAfterASecondOpenerWasRefused() throws Exception {
    try (StoreLock _ = StoreLock.take(file)) {
      assertThat(kernelLocks()).isEqualTo(1);
      assertThatThrownBy(() -> StoreLock.take(file)).isInstanceOf(StoreFailed.class);
      assertThat(kernelLocks()).as("what keeps another process out").isEqualTo(1);
    }
    assertThat(kernelLocks()).isZero();
  }

  @Test
  void knowsTheFileByAnyOfItsPaths() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    try (StoreLock _ = StoreLock.take(file)) {
      assertThatThrownBy(() -> StoreLock.take(link.resolve("ledger.db.lock")))
          .isInstanceOf(StoreFailed.class);
      assertThat(kernelLocks()).isEqualTo(1);
    }
  }

  @Test
  void isFreeOnceItWasClosedHoweverOften() throws Exception {
    StoreLock first = StoreLock.take(file);
    first.close();
    StoreLock second = StoreLock.take(file);
    first.close();
    assertThatThrownBy(() -> StoreLock.take(file)).isInstanceOf(StoreFailed.class);
    second.close();
    StoreLock.take(file).close();
  }

  @Test
  void takesAFileThatIsLeftOverAndMeansNothing() throws Exception {
    Files.writeString(file, "left by a process that was killed");
    StoreLock.take(file).close();
    assertThat(file).exists();
  }

  @Test
  void makesAFileThatOnlyItsOwnerReads() throws Exception {
    try (StoreLock _ = StoreLock.take(file)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void saysWhichFileCannotBeLocked() throws Exception {
    Path nowhere = folder.resolve("absent").resolve("ledger.db.lock");
    assertThatThrownBy(() -> StoreLock.take(nowhere))
        .isInstanceOf(StoreFailed.class)
        .hasMessage("cannot lock " + nowhere);
    Files.createDirectory(nowhere.getParent());
    StoreLock.take(nowhere).close();
  }

  /** proc(5), /proc/locks: the sixth field ends with the inode. */
  private long kernelLocks() throws IOException {
    String inode = ":" + Files.getAttribute(file, "unix:ino");
    try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
      return locks.filter(lock -> lock.split(" +", -1)[5].endsWith(inode)).count();
    }
  }
}
