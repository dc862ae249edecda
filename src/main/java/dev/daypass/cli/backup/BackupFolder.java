package dev.daypass.cli.backup;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of one backup, closed to others; each durable when it has been written. */
record BackupFolder(Path path) {
  static final String STORE = "ledger.db";
  private static final String MANIFEST = "manifest";
  private static final FileAttribute<?> MODE_0600 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> MODE_0700 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /** Makes the folder; only its name is new. */
  static BackupFolder create(Path path) throws IOException {
    Files.createDirectory(path, MODE_0700);
    return new BackupFolder(path);
  }

  Path store() {
    return path.resolve(STORE);
  }

  /** Takes a file as it is now. */
  void add(String name, Path source) throws IOException {
    copy(source, path.resolve(name));
  }

  /** Writes last what is in it: without a manifest it is no backup. */
  void seal(BackupManifest manifest) throws IOException {
    Path file = path.resolve(MANIFEST);
    try (FileChannel channel = FileChannel.open(file, NEW, MODE_0600);
        OutputStream out = Channels.newOutputStream(channel)) {
      out.write(manifest.encode().getBytes(StandardCharsets.UTF_8));
      channel.force(true);
    }
    sync(path);
  }

  BackupManifest manifest() throws IOException, CommandRefused {
    try {
      return BackupManifest.parse(Files.readString(path.resolve(MANIFEST)));
    } catch (NoSuchFileException _) {
      throw new CommandRefused(
          path + " is no backup, or one that was cut off: it has no manifest",
          "name a folder that daypassd backup has made");
    }
  }

  /** Each file that is there, with the hash of what it holds. */
  SortedMap<String, Bytes> sums() throws IOException {
    SortedMap<String, Bytes> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = path.relativize(file).toString();
        if (!name.equals(MANIFEST)) {
          sums.put(name, hash(file));
        }
      }
    }
    return sums;
  }

  /** Copies a file to where none is; durable on return, its hash is answered. */
  static Bytes copy(Path source, Path target) throws IOException {
    Files.createDirectories(target.toAbsolutePath().resolveSibling(""), MODE_0700);
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(source);
        FileChannel channel = FileChannel.open(target, NEW, MODE_0600);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
      var _ = in.transferTo(out);
      channel.force(true);
    }
    sync(target.toAbsolutePath().resolveSibling(""));
    return Bytes.of(digest.digest());
  }

  /** The SHA-256 of a file of any length. */
  static Bytes hash(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      var _ = in.transferTo(out);
    }
    return Bytes.of(digest.digest());
  }

  /** Makes the names in a folder durable. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes it and what lies in it. */
  void delete() throws IOException {
    List<Path> inner;
    try (Stream<Path> files = Files.walk(path)) {
      inner = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : inner) {
      Files.delete(file);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every platform has SHA-256", e);
    }
  }
}
