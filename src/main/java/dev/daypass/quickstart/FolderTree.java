package dev.daypass.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that lies below it. */
final class FolderTree {
  private FolderTree() {}

  /** Deletes what can be deleted: a throw-away folder is no reason to fail at the end. */
  static void delete(Path folder) {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException _) {
      return;
    }
    for (Path file : deepestFirst) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException _) {
        // The system's own clean-up of temporary files takes what is left.
      }
    }
  }
}
