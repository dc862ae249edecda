package dev.daypass.store;

import dev.daypass.ledger.store.StoreFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a second opener from the same store. The kernel releases the lock when the process ends,
 * however it ends; the file stays and means nothing. On a file system that loses locks the store
 * notices a second writer by the size in its head.
 */
final class StoreLock implements AutoCloseable {
  /**
   * What this process has locked. A second opener of the same process must not so much as open the
   * file: closing it again would give up the kernel's lock (fcntl(2), "Record locking").
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final AtomicBoolean closed = new AtomicBoolean();

  private StoreLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static StoreLock take(Path file) throws StoreFailed {
    try {
      create(file);
      Path real = file.toRealPath();
      if (!HELD.add(real)) {
        throw inUse(file);
      }
      Optional<FileChannel> locked = Optional.empty();
      try {
        locked = lock(real);
      } finally {
        if (locked.isEmpty()) {
          HELD.remove(real);
        }
      }
      return new StoreLock(real, locked.orElseThrow(() -> inUse(file)));
    } catch (IOException e) {
      throw new StoreFailed("cannot lock " + file, e);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        channel.close();
      } catch (IOException _) {
        // The lock ends with the process at the latest.
      }
      HELD.remove(file);
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file, SqliteDatabase.OWNER_ONLY);
    } catch (FileAlreadyExistsException _) {
      // Left by an earlier process, or held by another.
    }
  }

  private static Optional<FileChannel> lock(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      locked = lock != null;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? Optional.of(channel) : Optional.empty();
  }

  private static StoreFailed inUse(Path file) {
    return new StoreFailed("another process uses this store: " + file + " is locked");
  }
}
