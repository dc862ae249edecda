package dev.daypass.store;

import dev.daypass.ledger.store.StoreFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Keeps a second process from the same store. The kernel releases the lock when the process ends,
 * however it ends; the file stays and means nothing. On a file system that loses locks the store
 * notices a second writer by the size in its head.
 */
final class StoreLock implements AutoCloseable {
  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  static StoreLock take(Path file) throws StoreFailed {
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              SqliteDatabase.OWNER_ONLY);
      if (!isLocked(channel)) {
        channel.close();
        throw new StoreFailed("another process uses this store: " + file + " is locked");
      }
      return new StoreLock(channel);
    } catch (IOException e) {
      throw new StoreFailed("cannot lock " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The lock ends with the process at the latest.
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }
}
