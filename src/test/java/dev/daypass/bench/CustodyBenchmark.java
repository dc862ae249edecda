package dev.daypass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.Folders;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.agent.AgentKey;
import dev.daypass.custody.token.SoftHsm;
import dev.daypass.custody.token.TokenKey;
import dev.daypass.custody.token.Tokens;
import dev.daypass.e2e.AgentProcess;
import dev.daypass.e2e.Command;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.RsaHash;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How often keys sign that are kept in different places, with one and with eight signatures in
 * flight, by JMH: {@code mvn -Pbench verify -Dit.test=CustodyBenchmark}. A token has as many
 * sessions as are in flight. JMH makes subclasses of it, so it is not final.
 */
@State(Scope.Benchmark)
public class CustodyBenchmark {
  private static final int IN_FLIGHT = 8;
  private static final int CERTIFICATE_BYTES = 1800;
  private static final int ROUNDS = 3;
  private static final List<String> CUSTODIES =
      List.of("file-ed25519", "agent-ed25519", "file-p256", "agent-p256", "token-p256");

  @Param("file-ed25519")
  public String custody = "";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Bytes message = Bytes.of(new byte[CERTIFICATE_BYTES]);
  private SshSigner key;

  @Setup
  public void take() throws IOException {
    Path folder = Files.createTempDirectory("dp-custody");
    open.push(() -> Folders.delete(folder));
    String type = custody.endsWith("p256") ? "ecdsa" : "ed25519";
    key =
        switch (custody.substring(0, custody.indexOf('-'))) {
          case "file" -> KeyFile.read(made(folder, type), Optional.empty());
          case "agent" -> inAgent(folder, type);
          case "token" -> inToken();
          default -> throw new AssertionError(custody);
        };
  }

  @TearDown
  public void putBack() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public SshSignature sign() throws SigningException {
    return key.sign(message);
  }

  @Test
  void signsWithKeysFromEverywhere() throws Exception {
    Map<String, List<Double>> rates = new TreeMap<>();
    for (String where : CUSTODIES) {
      // One right after the other: the machine is hardly another in between.
      rates.put(where, List.of(rate(where, 1), rate(where, IN_FLIGHT)));
    }
    StringBuilder report = new StringBuilder();
    rates.forEach((where, rate) -> {
      double alike = rates.get("file" + where.substring(where.indexOf('-'))).getFirst();
      report.append(
          String.format(
              Locale.ROOT,
              "%-14s %8.0f signatures/s alone, %8.0f with %d in flight (%.2f times; %.3f and"
                  + " %.3f of a file's)%n",
              where,
              rate.getFirst(),
              rate.getLast(),
              IN_FLIGHT,
              rate.getLast() / rate.getFirst(),
              rate.getFirst() / alike,
              rate.getLast() / alike));
    });
    Path file = Files.createDirectories(Path.of("target/bench")).resolve("custody.txt");
    Files.writeString(file, report);
    assertThat(rates.values()).allSatisfy(pair -> assertThat(pair).allMatch(rate -> rate > 0));
  }

  private static double rate(String where, int inFlight) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(CustodyBenchmark.class.getName() + ".sign")
            .param("custody", where)
            .threads(inFlight)
            .forks(1)
            .warmupIterations(ROUNDS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(ROUNDS)
            .measurementTime(TimeValue.seconds(1))
            .build();
    return new Runner(options).runSingle().getPrimaryResult().getScore();
  }

  private SshSigner inAgent(Path folder, String type) throws IOException {
    AgentProcess agent = AgentProcess.start();
    open.push(agent);
    Path file = made(folder, type);
    SshPublicKey half = KeyFile.readPublic(Path.of(file + ".pub"));
    agent.add(file);
    AgentKey held = AgentKey.open(agent.socket(), half, RsaHash.SHA512);
    open.push(held);
    return held;
  }

  private SshSigner inToken() throws IOException {
    SoftHsm token = SoftHsm.instance();
    Path half = token.make("bench", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
    TokenKey.Place place = new TokenKey.Place(SoftHsm.MODULE, SoftHsm.TOKEN, "bench", IN_FLIGHT);
    TokenKey held =
        TokenKey.open(new Tokens(), place, SoftHsm.PIN, SoftHsm.read(half), RsaHash.SHA512);
    open.push(held);
    return held;
  }

  private static Path made(Path folder, String type) throws IOException {
    Path file = folder.resolve("key");
    var _ = Command.of("ssh-keygen", "-q", "-t", type, "-N", "", "-f", file.toString()).output();
    return file;
  }
}
