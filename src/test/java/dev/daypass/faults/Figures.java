package dev.daypass.faults;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of what was measured, {@code target/faults/report.md}. Tests run in several processes:
 * each figure is a file of its own, and the table is written anew with each, under a lock.
 */
public final class Figures {
  private static final Path FOLDER = Path.of("target", "faults");
  private static final boolean LONG = Boolean.getBoolean("daypass.long");

  private final Path folder;

  Figures(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes down a figure, in place of what the same test measured before.
   *
   * @param test whose figure it is
   * @param format of {@link String#format}, for one line
   */
  @FormatMethod
  public static void record(
      Goal goal, Class<?> test, @FormatString String format, Object... values) {
    String figure = String.format(Locale.ROOT, format, values);
    System.out.println(goal + " " + test.getSimpleName() + ": " + figure);
    new Figures(FOLDER).put(goal, test.getSimpleName(), LONG ? "long" : "short", figure);
  }

  void put(Goal goal, String test, String form, String figure) {
    if (figure.lines().count() != 1 || figure.contains("|")) {
      throw new IllegalArgumentException("a figure is one line without bars: " + figure);
    }
    try {
      Path rows = Files.createDirectories(folder.resolve("rows"));
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        var _ = lock.lock();
        Files.writeString(rows.resolve(goal + "-" + test), form + "|" + figure);
        Files.writeString(folder.resolve("report.md"), report(rows));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String report(Path rows) throws IOException {
    StringBuilder report =
        new StringBuilder(
            """
            # Faults, and what they cost

            | | goal | form | measured | by |
            |---|---|---|---|---|
            """);
    for (Goal goal : Goal.values()) {
      Map<String, String> figures = figures(rows, goal);
      if (figures.isEmpty()) {
        report.append("| %s | %s | | not in this run | |%n".formatted(goal, goal.promise()));
      }
      figures.forEach((test, row) -> {
        String[] parts = row.split("\\|", 2);
        report.append(
            "| %s | %s | %s | %s | `%s` |%n"
                .formatted(goal, goal.promise(), parts[0], parts[1], test));
      });
    }
    return report.toString();
  }

  private static Map<String, String> figures(Path rows, Goal goal) throws IOException {
    Map<String, String> figures = new TreeMap<>();
    String prefix = goal + "-";
    try (var files = Files.newDirectoryStream(rows, prefix + "*")) {
      for (Path file : files) {
        figures.put(
            file.getFileName().toString().substring(prefix.length()),
            Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return figures;
  }
}
