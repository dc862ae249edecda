package dev.daypass.export;

import dev.daypass.ledger.publish.CopyTarget;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy in a folder, such as a mounted share; any web server can serve it as it lies. A file comes
 * whole under its name, and partial tiles go when the full one is there (C2SP tlog-tiles, section
 * Partial Tiles).
 */
public final class FolderCopy implements CopyTarget {
  private static final String PARTIAL = ".p";

  private final Path folder;
  private final FolderFiles files;

  /** Folders with names that are not durable yet. */
  private final Set<Path> unsettled = new LinkedHashSet<>();

  public FolderCopy(Path folder) {
    this.folder = folder;
    this.files = new FolderFiles(folder);
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public Optional<Bytes> read(String path) throws IOException {
    return files.read(path);
  }

  @Override
  public void write(String path, Bytes content) throws IOException {
    // A share that is not mounted is a failure, not a new folder on the local disk.
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    Path file = folder.resolve(path);
    Path parent = file.resolveSibling("");
    createFolders(parent);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.toArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    unsettled.add(parent);
    removePartial(file.resolveSibling(file.getFileName() + PARTIAL));
  }

  @Override
  public void settle() throws IOException {
    for (Path written : unsettled) {
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    unsettled.clear();
  }

  private void createFolders(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      createFolders(parent.resolveSibling(""));
      Files.createDirectories(parent);
      unsettled.add(parent.resolveSibling(""));
    }
  }

  private static void removePartial(Path partial) throws IOException {
    if (!Files.isDirectory(partial)) {
      return;
    }
    try (Stream<Path> found = Files.walk(partial)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
