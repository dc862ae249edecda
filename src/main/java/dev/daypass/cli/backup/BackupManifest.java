package dev.daypass.cli.backup;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a backup is of and what lies in it: lines {@code name value}, each file with its SHA-256.
 *
 * @param files from a name below the backup's folder to the hash of what it holds
 */
record BackupManifest(
    String origin, TreeSize size, Hash root, Instant taken, SortedMap<String, Bytes> files) {
  private static final String FORMAT = "daypass-backup-v1";
  private static final String FILE = "file ";
  private static final int HASH_DIGITS = 64;

  /** Plain names in at most one folder: none leads out of the backup. */
  private static final Pattern NAME =
      Pattern.compile("(?:[a-z][a-z-]*/)?[A-Za-z0-9][A-Za-z0-9.-]*");

  BackupManifest {
    files = new TreeMap<>(files);
  }

  String encode() {
    List<String> lines = new ArrayList<>();
    lines.add(FORMAT);
    lines.add("origin " + origin);
    lines.add("size " + size);
    lines.add("root " + root.base64());
    lines.add("taken " + taken);
    files.forEach((name, sum) -> lines.add(FILE + sum.hex() + " " + name));
    return String.join("\n", lines) + "\n";
  }

  static BackupManifest parse(String text) throws CommandRefused {
    List<String> lines = text.lines().toList();
    if (lines.size() < 5 || !lines.getFirst().equals(FORMAT) || !text.endsWith("\n")) {
      throw unreadable("it does not begin with " + FORMAT + ", or is cut off");
    }
    try {
      return new BackupManifest(
          value(lines.get(1), "origin "),
          new TreeSize(Long.parseLong(value(lines.get(2), "size "))),
          Hash.parse(value(lines.get(3), "root ")),
          Instant.parse(value(lines.get(4), "taken ")),
          files(lines.subList(5, lines.size())));
    } catch (TlogFormatException | IllegalArgumentException | DateTimeParseException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static SortedMap<String, Bytes> files(List<String> lines) throws CommandRefused {
    SortedMap<String, Bytes> files = new TreeMap<>();
    for (String line : lines) {
      String rest = value(line, FILE);
      if (rest.length() <= HASH_DIGITS || rest.charAt(HASH_DIGITS) != ' ') {
        throw unreadable("a file has no hash: " + line);
      }
      String name = rest.substring(HASH_DIGITS + 1);
      Map.Entry<String, Bytes> file = Map.entry(name, Bytes.ofHex(rest.substring(0, HASH_DIGITS)));
      if (!NAME.matcher(name).matches() || files.put(file.getKey(), file.getValue()) != null) {
        throw unreadable("it names no file, or one twice: " + name);
      }
    }
    return files;
  }

  private static String value(String line, String name) throws CommandRefused {
    if (!line.startsWith(name)) {
      throw unreadable("where \"" + name.strip() + "\" should stand is \"" + line + "\"");
    }
    return line.substring(name.length());
  }

  private static CommandRefused unreadable(String why) {
    return new CommandRefused("the manifest of the backup is damaged: " + why, "take another");
  }
}
