package dev.daypass.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads when a file has changed and has been left alone since: half of a policy, read while an
 * editor writes, can be a policy as well. Called again and again by one thread.
 */
public final class FileWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private final Path file;
  private final Reload reload;

  /** As it was when it was last reloaded, or found faulty. */
  private Optional<Stamp> known;

  /** As it was at the last look. */
  private Optional<Stamp> seen;

  /** Knows the file as it is now. */
  public FileWatch(Path file, Reload reload) {
    this.file = file;
    this.reload = reload;
    this.known = stamp();
    this.seen = known;
  }

  private record Stamp(FileTime modified, long size, Optional<Object> inode) {}

  /** Looks once. */
  @Override
  public void run() {
    Optional<Stamp> now = stamp();
    boolean settled = now.equals(seen);
    seen = now;
    if (now.isEmpty() || now.equals(known) || !settled) {
      return;
    }
    switch (reload.run("a change of " + file.getFileName())) {
      case ReloadOutcome.Done _, ReloadOutcome.Refused _ -> known = now;
      case ReloadOutcome.Unavailable _ -> LOG.debug("{} is read again later", file);
    }
  }

  /** Empty while it is away, as when one is moved into its place. */
  private Optional<Stamp> stamp() {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new Stamp(
              attributes.lastModifiedTime(),
              attributes.size(),
              Optional.ofNullable(attributes.fileKey())));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
