package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import dev.daypass.ledger.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long sshd waits for {@code daypass-host-principals}, beside what no verifier could do
 * without: {@code mvn -Pbench verify -Dit.test=ProofBenchmark}. The certificate is proved in a tree
 * of a million entries. Nothing asserts speed.
 */
final class ProofBenchmark {
  private static final String SSH_KEYGEN = "ssh-keygen -Y check-novalidate";
  private static final int LEVELS = 20;
  private static final int WARM_UPS = 10;
  private static final int TIMES = 100;
  private static final double BAR_MILLIS = 60;

  @TempDir Path folder;

  private interface Run {
    Command command() throws Exception;
  }

  @Test
  void theVerifierBesideItsParts() throws Exception {
    try (Forgery forgery = new Forgery()) {
      TestWitness witness = new TestWitness("witness.example.net/w1");
      ProofHost host = host("plain", forgery);
      ProofHost demanding = host("witnessed", forgery, "witness w1 " + witness.vkey(), "quorum w1");
      Certificate certificate = forgery.inDeepTree(LEVELS);
      Certificate witnessed = forgery.withCosignatures(witness);
      Path signed = signed();
      Map<String, Run> runs = new LinkedHashMap<>();
      runs.put("perl alone", () -> Command.of("perl", "-e", "1"));
      runs.put(SSH_KEYGEN, () -> check(signed));
      runs.put("verifier, not in the cache", () -> forgotten(host, certificate));
      runs.put("verifier, in the cache", () -> host.asking(ProofHost.ACCOUNT, certificate));
      runs.put("verifier, a witness demanded", () -> forgotten(demanding, witnessed));
      Path report = Files.createDirectories(Path.of("target/bench")).resolve("verifier.md");
      Files.writeString(report, report(measure(runs)));
      assertThat(report).isNotEmptyFile();
    }
  }

  private ProofHost host(String name, Forgery forgery, String... witnesses) throws IOException {
    return ProofHost.in(Files.createDirectory(folder.resolve(name)))
        .trusts(
            TestLedger.ORIGIN,
            forgery.userCa().publicKey(),
            forgery.ledgerKey().publicKey(),
            witnesses);
  }

  /** Each in turn, so that a busy moment of the machine is one of all. */
  private static Map<String, List<Double>> measure(Map<String, Run> runs) throws Exception {
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (int i = 0; i < WARM_UPS + TIMES; i++) {
      for (Map.Entry<String, Run> run : runs.entrySet()) {
        Command command = run.getValue().command();
        long start = System.nanoTime();
        var _ = command.output();
        double took = (System.nanoTime() - start) / 1e6;
        if (i >= WARM_UPS) {
          millis.computeIfAbsent(run.getKey(), _ -> new ArrayList<>()).add(took);
        }
      }
    }
    return millis;
  }

  private static String report(Map<String, List<Double>> millis) {
    double smallest = at(Objects.requireNonNull(millis.get(SSH_KEYGEN)), 0.5);
    StringBuilder text =
        new StringBuilder("# What sshd waits for, in milliseconds\n\n")
            .append(TIMES + " runs each, in turn; the bar is " + (int) BAR_MILLIS + " ms.\n\n")
            .append("| | min | median | p95 | max | of ssh-keygen |\n|:--|--:|--:|--:|--:|--:|\n");
    millis.forEach((name, values) ->
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                name,
                at(values, 0),
                at(values, 0.5),
                at(values, 0.95),
                at(values, 1),
                at(values, 0.5) / smallest)));
    return text.toString();
  }

  private static double at(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.round(part * (sorted.size() - 1)));
  }

  private static Command forgotten(ProofHost host, Certificate certificate) throws IOException {
    try (Stream<Path> files = Files.list(host.run())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    return host.asking(ProofHost.ACCOUNT, certificate);
  }

  private Path signed() throws IOException {
    String key = folder.resolve("key").toString();
    var _ = Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).output();
    Path text = Files.writeString(folder.resolve("text"), "a checkpoint is about as long\n");
    var _ =
        Command.of("ssh-keygen", "-q", "-Y", "sign", "-n", "x", "-f", key, text.toString())
            .output();
    return text;
  }

  private static Command check(Path text) {
    return Command.of("sh", "-c", "exec ssh-keygen -Y check-novalidate -n x -s \"$1.sig\" <\"$1\"")
        .and("sh", text.toString());
  }
}
