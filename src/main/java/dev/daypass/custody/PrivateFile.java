package dev.daypass.custody;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files and folders that nobody but the daemon's own user may read. */
final class PrivateFile {
  private static final int ROOT = 0;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<?> MODE_0600 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> MODE_0644 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
  private static final FileAttribute<?> MODE_0700 =
      PosixFilePermissions.asFileAttribute(OWNER_ONLY);
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private PrivateFile() {}

  /** Makes a file 0600 that was not there; content and name are durable on return. */
  static void create(Path path, byte[] content) throws IOException {
    create(path, content, MODE_0600);
  }

  /** Makes a file 0644 that was not there, for public keys and the like, in a private folder. */
  static void createReadable(Path path, String content) throws IOException {
    create(path, content.getBytes(StandardCharsets.UTF_8), MODE_0644);
  }

  /** Makes a folder 0700, and the folders above it that are missing. */
  static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, MODE_0700);
  }

  /**
   * Refuses a file or folder that others may read or write, and a link: it may lead, later, to
   * another file than the one checked. The one exception is a file of root that its group root
   * reads: so systemd shows a credential that it opened to a service by an access list.
   */
  static void requirePrivate(Path path) throws IOException {
    requirePrivate(path, ownUid());
  }

  /** As {@link #requirePrivate(Path)} decides for a process of this user. */
  static void requirePrivate(Path path, int uid) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      throw new IOException(path + " is a symbolic link; name the file itself");
    }
    int owner = uid(path);
    // Whoever owns a file can open it to others, or put another in its place.
    if (owner != ROOT && owner != uid) {
      throw new IOException(
          path + " belongs to " + attributes.owner().getName() + "; chown it to this user");
    }
    Set<PosixFilePermission> excess = EnumSet.noneOf(PosixFilePermission.class);
    excess.addAll(attributes.permissions());
    excess.removeAll(OWNER_ONLY);
    if (isRoots(attributes)) {
      excess.remove(PosixFilePermission.GROUP_READ);
    }
    if (!excess.isEmpty()) {
      String mode = PosixFilePermissions.toString(attributes.permissions());
      throw new IOException(path + " is open to others (" + mode + "); run chmod go= " + path);
    }
  }

  /** Makes the names in a folder durable. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The link itself is root's; where it leads belongs to the process. */
  private static int ownUid() throws IOException {
    return uid(Path.of("/proc/self").toRealPath());
  }

  private static int uid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isRoots(PosixFileAttributes attributes) {
    return attributes.owner().getName().equals("root")
        && attributes.group().getName().equals("root");
  }

  private static void create(Path path, byte[] content, FileAttribute<?> mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, NEW, mode)) {
      writeOrRemove(path, channel, ByteBuffer.wrap(content));
    }
    syncFolder(path.toAbsolutePath().resolveSibling(""));
  }

  private static void writeOrRemove(Path path, FileChannel channel, ByteBuffer content)
      throws IOException {
    try {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }
}
