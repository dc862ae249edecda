package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.ledger.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each system call of the verifier that fails makes it refuse, within its own deadline. */
final class ProofFaultIT {
  /** What {@code timeout} ends with if its program did not end by itself. */
  private static final int TIMED_OUT = 124;

  private static final Pattern CALL = Pattern.compile("([a-z0-9_]+)\\(.*");

  @TempDir Path folder;

  private Forgery forgery;
  private ProofHost host;

  @BeforeEach
  void start() throws Exception {
    forgery = new Forgery();
    host =
        ProofHost.in(folder)
            .trusts(
                TestLedger.ORIGIN, forgery.userCa().publicKey(), forgery.ledgerKey().publicKey());
  }

  @AfterEach
  void stop() {
    forgery.close();
  }

  /** From the first file that it reads; what comes before is perl's own start. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "openat",
        "read",
        "write",
        "close",
        "pipe2",
        "clone",
        "wait4",
        "flock",
        "getdents64"
      })
  void refusesIfACallFails(String call) throws Exception {
    List<String> calls = traced(call);
    int start = startOf(calls);
    long before = calls.subList(0, start).stream().filter(name -> name.equals(call)).count();
    long all = calls.stream().filter(name -> name.equals(call)).count();
    assertThat(all).isGreaterThan(before);
    for (long failing = before + 1; failing <= all; failing++) {
      forget();
      Command.Result result = run("-e", "inject=" + call + ":error=EIO:when=" + failing);
      assertRefused(call + " " + failing, result);
    }
  }

  /** A cached verdict takes other calls; none of them may fail either. */
  @ParameterizedTest
  @ValueSource(strings = {"openat", "read", "write", "close"})
  void refusesARememberedProofIfACallFails(String call) throws Exception {
    assertThat(run().out()).isEqualTo(ProofHost.PRINCIPALS);
    List<String> calls = traced(call);
    int start = startOf(calls);
    long before = calls.subList(0, start).stream().filter(name -> name.equals(call)).count();
    long all = calls.stream().filter(name -> name.equals(call)).count();
    for (long failing = before + 1; failing <= all; failing++) {
      Command.Result result = run("-e", "inject=" + call + ":error=EIO:when=" + failing);
      assertRefused(call + " " + failing, result);
    }
  }

  @Test
  void refusesWithoutADeadline() throws Exception {
    assertThat(run("-e", "inject=setitimer:error=EINVAL").out()).isEmpty();
  }

  @Test
  void refusesIfAVerifyingProgramCannotBeStarted() throws Exception {
    // Of the two programs, then of all three processes: strace counts in each by itself.
    assertThat(run("-f", "-e", "inject=execve:error=ENOMEM:when=1").out()).isEmpty();
    assertThat(run("-f", "-e", "inject=dup2:error=EMFILE:when=1").out()).isEmpty();
  }

  @Test
  void refusesWhenAllSlotsStayTaken() throws Exception {
    String holdAll =
        """
        use Fcntl qw(:flock);
        my $run = shift;
        my @held = map { open my $f, '>>', "$run/slot.$_" or die; flock $f, LOCK_EX; $f } 1 .. 8;
        exit(system(@ARGV) == 0 ? 0 : $? & 127 || $? >> 8);
        """;
    Command command = Command.of("perl", "-e", holdAll, host.run().toString(), "timeout", "3");
    Command.Result held = command.and(words()).run();
    assertThat(held.out()).isEmpty();
    assertThat(held.exit()).isNotIn(0, TIMED_OUT);
    // The locks went with their holder.
    assertThat(Command.of("timeout", "3").and(words()).run().out()).isEqualTo(ProofHost.PRINCIPALS);
  }

  private Command.Result run(String... options) throws IOException {
    return Command.of("timeout", "4", "strace", "-qq", "-o", "/dev/null")
        .and(options)
        .and(words())
        .run();
  }

  /** The calls of a good run by their names; the one that opens the bundle is "start". */
  private List<String> traced(String call) throws IOException {
    Path trace = folder.resolve("trace");
    Command.Result result =
        Command.of("strace", "-qq", "-e", "trace=openat," + call, "-o", trace.toString())
            .and(words())
            .run();
    assertThat(result.out()).isEqualTo(ProofHost.PRINCIPALS);
    String bundle = host.etc().resolve("bundle").toString();
    return Files.readAllLines(trace).stream()
        // An interrupted call is made again, and may not be the next time.
        .filter(line -> CALL.matcher(line).matches() && !line.contains("ERESTART"))
        .flatMap(line -> {
          String name = line.substring(0, line.indexOf('('));
          return line.contains(bundle) ? Stream.of("start", name) : Stream.of(name);
        })
        .toList();
  }

  /** sshd takes no answer of a command that did not end with 0: the last close may still fail. */
  private static void assertRefused(String what, Command.Result result) {
    assertThat(result.exit()).as(what).isNotIn(0, TIMED_OUT);
    assertThat(result.out())
        .as(what)
        .satisfiesAnyOf(
            out -> assertThat(out).isEmpty(), _ -> assertThat(what).startsWith("close "));
  }

  private static int startOf(List<String> calls) {
    assertThat(calls).contains("start");
    return calls.indexOf("start");
  }

  private void forget() throws IOException {
    try (Stream<Path> files = Files.list(host.run())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private String[] words() {
    return host.asking(ProofHost.ACCOUNT, forgery.granted()).words().toArray(String[]::new);
  }
}
