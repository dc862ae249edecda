package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.machine.HostPrograms;
import dev.daypass.ledger.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No mutant of a certificate or its proof is accepted: every byte changed, removed, or with another
 * one before it. All are verified by the program's own subroutines in one perl process.
 */
final class ProofMutationIT {
  private static final Path SCRIPT = Path.of("src/test/perl/verify-mutants.pl");

  /** In base64 the 64 bytes of an Ed25519 signature, after a key ID of four. */
  private static final int SIGNATURE_LETTERS = 87;

  @TempDir Path folder;

  private Forgery forgery;
  private ProofHost host;

  @BeforeEach
  void start() throws Exception {
    forgery = new Forgery();
    host = ProofHost.in(folder);
  }

  @AfterEach
  void stop() {
    forgery.close();
  }

  @Test
  void noMutantOfACertificateIsAccepted() throws Exception {
    trustTheLedgerAnd();
    List<String> lines = mutants("certificate", forgery.granted().line("c"));
    assertThat(lines).singleElement().asString().startsWith("refused ");
    assertThat(refused(lines)).isGreaterThan(3 * forgery.granted().encode().size());
  }

  /**
   * The one thing that cannot be told without openssl is the raw signature beside the SSHSIG of the
   * same key over the same note: what it says is vouched for twice.
   */
  @Test
  void ofAProofOnlyTheSecondSignatureOfTheSameKeyIsNotLookedAt() throws Exception {
    trustTheLedgerAnd();
    List<String> lines = mutants("proof", forgery.granted().line("c"));
    String proof = forgery.content().proof().orElseThrow().utf8();
    int bytes = forgery.content().proof().orElseThrow().size();
    assertThat(proof).endsWith("=\n");
    for (String line : lines.subList(0, lines.size() - 1)) {
      int at = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
      assertThat(line).startsWith("accepted ").doesNotContain("added").doesNotContain("removed");
      assertThat(at).isBetween(bytes - 2 - SIGNATURE_LETTERS, bytes - 2);
    }
    assertThat(refused(lines)).isGreaterThan(3 * bytes);
  }

  @Test
  void withWitnessesNoMutantOfAProofIsAccepted() throws Exception {
    TestWitness witness = new TestWitness("witness.example/w1");
    trustTheLedgerAnd("witness w1 " + witness.vkey(), "quorum w1");
    String line = forgery.withCosignatures(witness).line("c");
    List<String> lines = mutants("proof", line);
    assertThat(lines).singleElement().asString().startsWith("refused ");
  }

  private void trustTheLedgerAnd(String... witnesses) throws IOException {
    host.trusts(
        TestLedger.ORIGIN,
        forgery.userCa().publicKey(),
        forgery.ledgerKey().publicKey(),
        witnesses);
  }

  private List<String> mutants(String what, String line) throws IOException {
    Path library = folder.resolve("library.pl");
    Files.writeString(library, HostPrograms.library("daypass-host-principals"));
    Path certificate = Files.writeString(folder.resolve("certificate"), line + "\n");
    String seed = Integer.toString(ThreadLocalRandom.current().nextInt(1 << 30));
    Command perl =
        Command.of(
            "sh",
            "-c",
            "exec perl \"$@\" <\"$0\"",
            certificate.toString(),
            SCRIPT.toString(),
            library.toString(),
            host.etc().toString(),
            what,
            seed);
    Command.Result result = perl.run();
    assertThat(result.exit()).as("seed %s: %s", seed, result).isZero();
    return new ArrayList<>(result.out().lines().toList());
  }

  private static int refused(List<String> lines) {
    return Integer.parseInt(lines.getLast().substring("refused ".length()));
  }
}
