package dev.daypass.cli.outcome;

import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.file.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Faults of configuration files, printed file by file, each with its line, key and remedy. */
final class Problems {
  private static final int WIDEST_KEY = 48;

  private final Map<Path, List<ConfigProblem>> byFile = new LinkedHashMap<>();

  Problems(List<ConfigProblem> problems) {
    problems.forEach(
        problem -> byFile.computeIfAbsent(problem.file(), _ -> new ArrayList<>()).add(problem));
  }

  void print(Terminal terminal) {
    byFile.forEach((file, problems) -> print(terminal, file, problems));
  }

  private static void print(Terminal terminal, Path file, List<ConfigProblem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    terminal.bad("refused:", file + " has " + count);
    int line = problems.stream().mapToInt(p -> place(p).length()).max().orElse(0);
    int key = problems.stream().mapToInt(p -> p.key().length()).max().orElse(0);
    int keyWidth = Math.min(key, WIDEST_KEY);
    for (ConfigProblem problem : problems) {
      String place = pad(place(problem), line) + gap(line);
      String name = pad(problem.key(), keyWidth) + gap(keyWidth);
      terminal.blank();
      terminal.say("  " + place + name + problem.message());
      terminal.remedy(2 + place.length() + keyWidth + gap(keyWidth).length(), problem.remedy());
    }
  }

  private static String place(ConfigProblem problem) {
    return problem.line() == 0 ? "" : "line " + problem.line();
  }

  private static String gap(int width) {
    return width == 0 ? "" : "  ";
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
