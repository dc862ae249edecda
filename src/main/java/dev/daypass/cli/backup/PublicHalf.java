package dev.daypass.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a state folder goes into a backup besides the store: what was published or can be, and
 * nothing that signs. Where copies of the ledger stand is asked of the copies.
 */
final class PublicHalf {
  private static final List<String> FILES = List.of("root.pub", "previous.checkpoint");

  private PublicHalf() {}

  /** A file and its name below the folder. */
  record Part(String name, Path file) {}

  static List<Part> of(Path folder) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (String name : FILES) {
      if (Files.isRegularFile(folder.resolve(name))) {
        parts.add(new Part(name, folder.resolve(name)));
      }
    }
    parts.addAll(in(folder, "bundles", "[1-9][0-9]*"));
    parts.addAll(in(folder, "handovers", "[1-9][0-9]*"));
    parts.addAll(in(folder, "keys", "[a-z-]+\\.pub"));
    return parts;
  }

  private static List<Part> in(Path folder, String inner, String names) throws IOException {
    if (!Files.isDirectory(folder.resolve(inner))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve(inner))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(names))
          .sorted()
          .map(file -> new Part(inner + "/" + file.getFileName(), file))
          .toList();
    }
  }
}
