package dev.daypass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the benchmark found, for people and for programs. */
final class BenchReport {
  /** The first bar: so much of the empty route, so many times {@code ssh-keygen -s}. */
  private static final Map<String, Double> BARS =
      Map.of("of_empty_route", 0.20, "of_ssh_keygen", 40.0);

  private final BenchPlan plan;
  private final List<Round> rounds;
  private final Map<String, String> machine;

  BenchReport(BenchPlan plan, List<Round> rounds) throws IOException {
    this.plan = plan;
    this.rounds = List.copyOf(rounds);
    this.machine = machine();
  }

  /** Writes {@code report.json} and {@code report.md}; answers the latter's text. */
  String write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("report.json"), new JsonMapper().writeValueAsBytes(json()));
    String text = markdown();
    Files.writeString(folder.resolve("report.md"), text);
    return text;
  }

  private Map<String, Object> json() {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Figure figure : Figure.ALL) {
      Map<String, Object> values = new LinkedHashMap<>();
      Spread spread = figure.spread(rounds);
      values.put("min", spread.min());
      values.put("median", spread.median());
      values.put("max", spread.max());
      values.put("rounds", rounds.stream().map(figure.of()::applyAsDouble).toList());
      if (BARS.containsKey(figure.key())) {
        values.put("bar", BARS.get(figure.key()));
      }
      figures.put(figure.key(), values);
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("machine", machine);
    report.put("connections", plan.connections());
    report.put("certificates_per_round", plan.certificates());
    report.put("figures", figures);
    return report;
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("# Certificates a second, over HTTP\n\n");
    machine.forEach((name, value) -> text.append("%-12s%s%n".formatted(name, value)));
    text.append(
        "%nEach of %d rounds: %,d certificates over %d kept connections, each with a token and a%n"
            .formatted(rounds.size(), plan.certificates(), plan.connections()));
    text.append(
        "signature of its key; as long the empty route; and %d times ssh-keygen -s.%n%n"
            .formatted(plan.sshKeygens()));
    text.append(line("", "min", "median", "max", "bar"));
    text.append("|:%s|%2$s:|%2$s:|%2$s:|%2$s:|%n".formatted("-".repeat(37), "-".repeat(9)));
    for (Figure figure : Figure.ALL) {
      Spread spread = figure.spread(rounds);
      Double bar = BARS.get(figure.key());
      text.append(
          line(
              figure.text(),
              figure.shown(spread.min()),
              figure.shown(spread.median()),
              figure.shown(spread.max()),
              bar == null ? "" : figure.shown(bar)));
    }
    return text.append('\n').append(verdict()).append('\n').toString();
  }

  private String verdict() {
    List<String> missed =
        Figure.ALL.stream()
            .filter(figure -> BARS.containsKey(figure.key()))
            .filter(figure -> figure.spread(rounds).median() < BARS.get(figure.key()))
            .map(Figure::text)
            .toList();
    return missed.isEmpty()
        ? "Both bars are met by the median."
        : "Below its bar by the median: " + String.join(", ", missed) + ".";
  }

  private static String line(String name, String min, String median, String max, String bar) {
    return String.format(
        Locale.ROOT, "| %-36s | %8s | %8s | %8s | %8s |%n", name, min, median, max, bar);
  }

  private static Map<String, String> machine() throws IOException {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("when", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    machine.put(
        "processor",
        Runtime.getRuntime().availableProcessors()
            + " x "
            + Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown"));
    machine.put("kernel", System.getProperty("os.version"));
    machine.put("java", Runtime.version().toString());
    machine.put("load", Files.readString(Path.of("/proc/loadavg")).strip());
    return machine;
  }
}
