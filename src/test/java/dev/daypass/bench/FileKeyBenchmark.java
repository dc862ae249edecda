package dev.daypass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.custody.KeyFile;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.CryptoProviders;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How often one core signs with an Ed25519 key from a file, by JMH: {@code mvn -Pbench verify
 * -Dit.test=FileKeyBenchmark}. What is signed is as long as a user certificate with its proof. JMH
 * makes subclasses of it, so it is not final.
 */
@State(Scope.Thread)
public class FileKeyBenchmark {
  private static final int CERTIFICATE_BYTES = 1800;
  private static final int ROUNDS = 5;

  private SshSigner key;
  private Bytes message;

  @Setup
  public void read() throws IOException {
    Path folder = Files.createTempDirectory("daypass-bench-");
    Path file = folder.resolve("key");
    try {
      Files.writeString(file, OpenSshPrivateKey.generate(SshKeyType.ED25519).encode("bench"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      key = KeyFile.read(file, Optional.empty());
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
    message = Bytes.of(new byte[CERTIFICATE_BYTES]);
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public SshSignature sign() throws SigningException {
    return key.sign(message);
  }

  @Test
  void signsWithAKeyFromAFile() throws Exception {
    Options options =
        new OptionsBuilder()
            .include(FileKeyBenchmark.class.getName() + ".sign")
            .threads(1)
            .forks(1)
            .warmupIterations(ROUNDS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(ROUNDS)
            .measurementTime(TimeValue.seconds(1))
            .build();
    Result<?> result = new Runner(options).runSingle().getPrimaryResult();
    String line =
        String.format(
            Locale.ROOT,
            "Ed25519, key in a file, one thread, %s: %.0f ± %.0f signatures/s%n",
            CryptoProviders.description(),
            result.getScore(),
            result.getScoreError());
    Path report = Files.createDirectories(Path.of("target/bench")).resolve("signatures.txt");
    Files.writeString(report, line);
    assertThat(result.getScore()).as(line).isPositive();
  }
}
