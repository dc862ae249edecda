package dev.daypass.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FiguresTest {
  @TempDir private Path folder;

  @Test
  void aTableOfAllGoalsWhetherOrNotTheyWereMeasured() throws IOException {
    new Figures(folder).put(Goal.R4, "FullVolumeIT", "short", "503 after 3 ms");
    List<String> rows = rows();
    assertThat(rows).hasSize(Goal.values().length);
    assertThat(row(rows, Goal.R4))
        .isEqualTo(
            "| R4 | no space: 503 within 1 s, issuing again within 10 s of space | short"
                + " | 503 after 3 ms | `FullVolumeIT` |");
    assertThat(row(rows, Goal.R1)).endsWith("| | not in this run | |");
  }

  @Test
  void theNewestFigureOfATestCounts() throws IOException {
    new Figures(folder).put(Goal.R1, "CrashIT", "short", "30 kills");
    new Figures(folder).put(Goal.R1, "CrashIT", "long", "1000 kills");
    new Figures(folder).put(Goal.R1, "AnotherIT", "short", "1 kill");
    assertThat(rows().subList(0, 2))
        .satisfiesExactly(
            row -> assertThat(row).endsWith("| short | 1 kill | `AnotherIT` |"),
            row -> assertThat(row).endsWith("| long | 1000 kills | `CrashIT` |"));
  }

  @Test
  void r1IsNotR10() throws IOException {
    new Figures(folder).put(Goal.R10, "SecondDaemonIT", "short", "1 s");
    assertThat(rows().getFirst()).contains("not in this run");
  }

  @Test
  void whatWouldBreakTheTableIsRefused() {
    Figures figures = new Figures(folder);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> figures.put(Goal.R1, "T", "short", "a | b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> figures.put(Goal.R1, "T", "short", "a\nb"));
  }

  private static String row(List<String> rows, Goal goal) {
    return rows.stream().filter(row -> row.startsWith("| " + goal + " ")).findFirst().orElseThrow();
  }

  private List<String> rows() throws IOException {
    return Files.readAllLines(folder.resolve("report.md")).stream()
        .filter(line -> line.startsWith("| R"))
        .toList();
  }
}
