package dev.daypass;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All that a process of Linux has in memory and may write to, as {@code /proc} shows it. */
final class ProcessMemory {
  private static final int CHUNK = 4 * 1024 * 1024;

  private ProcessMemory() {}

  /** Whether these bytes stand anywhere in it; the process should be stopped meanwhile. */
  static boolean holds(long pid, byte[] wanted) throws IOException {
    List<String> maps = Files.readAllLines(Path.of("/proc/" + pid + "/maps"));
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
      for (String map : maps) {
        String[] words = map.split(" +", -1);
        if (words[1].startsWith("rw")) {
          String[] range = words[0].split("-", -1);
          if (holds(memory, number(range[0]), number(range[1]), wanted)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static long number(String hex) {
    return Long.parseUnsignedLong(hex, 16);
  }

  private static boolean holds(RandomAccessFile memory, long from, long to, byte[] wanted) {
    byte[] chunk = new byte[CHUNK];
    // Each chunk begins within the end of the one before, for what stands across the border.
    for (long at = from; at < to; at += CHUNK - wanted.length) {
      int length = (int) Math.min(CHUNK, to - at);
      try {
        memory.seek(at);
        memory.readFully(chunk, 0, length);
      } catch (IOException _) {
        continue; // not in memory, or not readable
      }
      if (contains(chunk, length, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(byte[] text, int length, byte[] wanted) {
    for (int i = 0; i <= length - wanted.length; i++) {
      if (text[i] == wanted[0] && matches(text, i, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] text, int at, byte[] wanted) {
    for (int i = 1; i < wanted.length; i++) {
      if (text[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
