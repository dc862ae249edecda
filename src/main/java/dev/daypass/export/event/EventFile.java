package dev.daypass.export.event;

import dev.daypass.outward.Event;
import dev.daypass.outward.OutwardTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file with an event a line, which others rotate: when its name means another file, or none, the
 * next event begins that. One that is made here is its owner's alone; the rights of one that is
 * there are left as they are.
 */
public final class EventFile implements OutwardTarget<Event> {
  private static final int BATCH = 200;
  private static final int END = '\n';
  private static final Set<StandardOpenOption> OPEN =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path path;

  /** Held while the file is written: a line that is under way is quick, and ends whole. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@link #lock}. */
  private Optional<Opened> opened = Optional.empty();

  public EventFile(Path path) {
    this.path = path;
  }

  /**
   * An open file.
   *
   * @param key by which the file system tells it from others
   */
  private record Opened(FileChannel channel, Object key) {}

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public void send(List<Event> batch) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Event event : batch) {
      event.line().writeTo(lines);
      lines.write(END);
    }
    lock.lock();
    try {
      write(ByteBuffer.wrap(lines.toByteArray()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closeChannel();
    } finally {
      lock.unlock();
    }
  }

  /** Caller holds {@link #lock}, as of all below. */
  private void write(ByteBuffer bytes) throws IOException {
    FileChannel channel = current();
    try {
      // At its end as it is now: logrotate's copytruncate makes it shorter.
      channel.position(channel.size());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      // A sync that failed is not tried again on the same file: what it lost is written anew.
      closeChannel();
      throw e;
    }
  }

  private void closeChannel() throws IOException {
    if (opened.isPresent()) {
      FileChannel channel = opened.get().channel();
      opened = Optional.empty();
      channel.close();
    }
  }

  private FileChannel current() throws IOException {
    if (opened.isPresent() && key().equals(Optional.of(opened.get().key()))) {
      return opened.get().channel();
    }
    closeChannel();
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException(path + " is not a file");
    }
    FileChannel channel =
        FileChannel.open(
            path,
            OPEN,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      removeTornLine(channel);
      syncFolder();
      opened = Optional.of(new Opened(channel, key().orElseThrow()));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** A line without its end is the trace of a crash; its event comes again. */
  private static void removeTornLine(FileChannel channel) throws IOException {
    long end = channel.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (end > 0) {
      one.clear();
      if (channel.read(one, end - 1) == 1 && one.get(0) == END) {
        break;
      }
      end--;
    }
    if (end < channel.size()) {
      channel.truncate(end);
    }
  }

  private Optional<Object> key() throws IOException {
    try {
      return Optional.of(
          Objects.requireNonNull(Files.readAttributes(path, BasicFileAttributes.class).fileKey()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private void syncFolder() throws IOException {
    try (FileChannel folder =
        FileChannel.open(path.toAbsolutePath().resolveSibling(""), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
