package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The picture of the packages in {@code src/doc/architecture.md} is what the packages are. With
 * {@code -Ddaypass.write=true} it is drawn anew.
 */
final class ArchitecturePageTest {
  private static final String HOME = "dev.daypass";
  private static final Path PAGE = Path.of("src/doc/architecture.md");
  private static final String MARK = "with -Ddaypass.write=true. -->\n";

  @Test
  void showsThePackagesAsTheyAre() throws IOException {
    String page = Files.readString(PAGE);
    int drawn = page.indexOf(MARK) + MARK.length();
    String picture = picture() + table();
    if (Boolean.getBoolean("daypass.write")) {
      Files.writeString(PAGE, page.substring(0, drawn) + picture);
    }
    assertThat(Files.readString(PAGE).substring(drawn))
        .as("the page is old: mvn test -Dtest=ArchitecturePageTest -Ddaypass.write=true")
        .isEqualTo(picture);
  }

  /** A Mermaid flowchart. An arrow that follows from others is left out. */
  private static String picture() {
    NavigableMap<String, NavigableSet<String>> arrows = reduced(arrows());
    StringBuilder out = new StringBuilder("\n```mermaid\nflowchart TD\n");
    rings()
        .forEach((ring, packages) -> {
          out.append("  subgraph ").append(ring).append('\n');
          packages.forEach(name -> out.append("    ").append(node(name)).append('\n'));
          out.append("  end\n");
        });
    arrows.forEach((from, to) ->
        to.forEach(each ->
            out.append("  ").append(node(from)).append(" --> ").append(node(each)).append('\n')));
    return out.append("```\n\n").toString();
  }

  private static String table() throws IOException {
    StringBuilder out = new StringBuilder("| ring | package | |\n|---|---|---|\n");
    for (Map.Entry<String, List<String>> ring : rings().entrySet()) {
      for (String name : ring.getValue()) {
        out.append("| %s | `%s` | %s |%n".formatted(ring.getKey(), name, sentence(name)));
      }
    }
    return out.toString();
  }

  private static Map<String, List<String>> rings() {
    Map<String, List<String>> rings = new LinkedHashMap<>();
    rings.put("root", names(ArchitectureTest.ROOT));
    rings.put("adapters", names(ArchitectureTest.ADAPTERS));
    rings.put("use_cases", names(ArchitectureTest.USE_CASES));
    rings.put("domain", names(ArchitectureTest.DOMAIN));
    rings.put("formats", names(ArchitectureTest.FORMATS));
    return rings;
  }

  /** {@code dev.daypass.web..} is {@code web}; the root's own package is {@code daypass}. */
  private static List<String> names(String[] packages) {
    return List.of(packages).stream()
        .map(name -> name.equals(HOME) ? "daypass" : name.substring(HOME.length() + 1))
        .map(name -> name.replace("..", ""))
        .sorted()
        .toList();
  }

  private static NavigableMap<String, NavigableSet<String>> arrows() {
    JavaClasses main =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOME);
    NavigableMap<String, NavigableSet<String>> arrows = new TreeMap<>();
    for (JavaClass each : main) {
      String from = top(each.getPackageName());
      NavigableSet<String> targets = arrows.computeIfAbsent(from, _ -> new TreeSet<>());
      each.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getPackageName())
          .filter(name -> name.equals(HOME) || name.startsWith(HOME + "."))
          .map(ArchitecturePageTest::top)
          .filter(to -> !to.equals(from))
          .forEach(targets::add);
    }
    return arrows;
  }

  /**
   * The transitive reduction: an arrow stays if there is no other way to where it points. A way
   * through what starts everything is none.
   */
  private static NavigableMap<String, NavigableSet<String>> reduced(
      NavigableMap<String, NavigableSet<String>> arrows) {
    NavigableMap<String, NavigableSet<String>> reduced = new TreeMap<>();
    arrows.forEach((from, targets) -> {
      NavigableSet<String> kept = new TreeSet<>(targets);
      targets.forEach(
          via -> kept.removeIf(to -> !to.equals(via) && reaches(arrows, via, to, new TreeSet<>())));
      reduced.put(from, kept);
    });
    return reduced;
  }

  private static boolean reaches(
      Map<String, NavigableSet<String>> arrows, String from, String to, NavigableSet<String> seen) {
    return !from.equals("daypass")
        && seen.add(from)
        && arrows.getOrDefault(from, new TreeSet<>()).stream()
            .anyMatch(next -> next.equals(to) || reaches(arrows, next, to, seen));
  }

  private static String top(String packageName) {
    return packageName.equals(HOME)
        ? "daypass"
        : packageName.substring(HOME.length() + 1).split("\\.", 2)[0];
  }

  /** A word that Mermaid does not take for one of its own. */
  private static String node(String name) {
    return name + "_[" + name + "]";
  }

  /** The first sentence of what the package says of itself. */
  private static String sentence(String name) throws IOException {
    Path folder = Path.of("src/main/java/dev/daypass");
    Path file =
        (name.equals("daypass") ? folder : folder.resolve(name)).resolve("package-info.java");
    String text = Files.readString(file);
    String comment =
        text.substring(text.indexOf("/**") + 3, text.indexOf("*/"))
            .replaceAll("\\n \\*", "")
            .replaceAll("\\{@code ([^}]*)}", "`$1`")
            .replaceAll("\\{@link #?([^}]*)}", "`$1`")
            .replaceAll("\\s+", " ")
            .strip();
    int end = comment.indexOf(". ");
    return (end < 0 ? comment : comment.substring(0, end + 1)).replace("|", "\\|");
  }
}
