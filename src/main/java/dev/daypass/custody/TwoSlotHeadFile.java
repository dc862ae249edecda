package dev.daypass.custody;

import dev.daypass.signer.HeadFile;
import dev.daypass.signer.SignerHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signer's head in a preallocated file of two slots, written in turn (DESIGN section 6, Order).
 *
 * <p>A write goes to the slot that does not hold the newest head and is synced before it returns,
 * so a torn write costs only the head that was being written: whoever wrote it got no answer, and
 * nothing was signed under it. The file never grows, so a full volume cannot stop it. The process
 * holds a lock on it until it is closed: a second daemon is refused (CASES 58).
 */
public final class TwoSlotHeadFile implements HeadFile, AutoCloseable {
  /** Each slot has a block of its own, so that one torn block write cannot hurt both. */
  static final int SLOT_DISTANCE_BYTES = 4096;

  static final int FILE_BYTES = 2 * SLOT_DISTANCE_BYTES;

  private final Path path;
  private final FileChannel channel;

  /** The newest complete head; guarded by {@code this}. */
  private HeadSlot newest;

  private TwoSlotHeadFile(Path path, FileChannel channel, HeadSlot newest) {
    this.path = path;
    this.channel = channel;
    this.newest = newest;
  }

  /**
   * Makes the file, 0600, with the head of a ledger that has no entry yet; it and its name are
   * durable on return.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is anything at that path
   */
  public static void create(Path path, String origin) throws IOException {
    HeadSlot first = new HeadSlot(0, SignerHead.ofNewLedger(origin));
    PrivateFile.create(path, Arrays.copyOf(first.encode(), FILE_BYTES));
  }

  /**
   * Opens and locks the file. A missing file is an error, never a fresh start: a signer without a
   * memory would sign a second history.
   */
  public static TwoSlotHeadFile open(Path path) throws IOException {
    PrivateFile.requirePrivate(path);
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    try {
      if (lock(channel) == null) {
        throw new IOException(path + " is in use by another daypassd");
      }
      return new TwoSlotHeadFile(path, channel, newest(path, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public synchronized SignerHead read() {
    return newest.head();
  }

  @Override
  public synchronized void write(SignerHead head) throws IOException {
    HeadSlot next = new HeadSlot(newest.counter() + 1, head);
    ByteBuffer content = ByteBuffer.wrap(next.encode());
    long position = position(next.counter());
    while (content.hasRemaining()) {
      position += channel.write(content, position);
    }
    channel.force(false);
    newest = next;
  }

  /** Releases the lock. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  private static HeadSlot newest(Path path, FileChannel channel) throws IOException {
    if (channel.size() != FILE_BYTES) {
      throw new IOException(path + " is not a head file: it is not " + FILE_BYTES + " bytes long");
    }
    return Stream.of(slot(channel, 0), slot(channel, 1))
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(HeadSlot::counter))
        .orElseThrow(() -> new IOException(path + ": neither slot holds a head"));
  }

  private static Optional<HeadSlot> slot(FileChannel channel, long counter) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(HeadSlot.BYTES);
    long start = position(counter);
    while (content.hasRemaining()) {
      if (channel.read(content, start + content.position()) < 0) {
        return Optional.empty();
      }
    }
    return HeadSlot.decode(content.array()).filter(slot -> position(slot.counter()) == start);
  }

  private static long position(long counter) {
    return (counter % 2) * SLOT_DISTANCE_BYTES;
  }
}
