package dev.daypass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.ledger.verify.CertificateProofVerifier;
import dev.daypass.ledger.verify.ProofVerdict;
import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.TestKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code mvn -Pbench verify}: how many certificates a second the daemon issues, beside its own
 * empty route and {@code ssh-keygen -s}. It asserts that what was measured was right, never that it
 * was fast.
 */
final class CertificateBenchmark {
  private static final Path REPORT = Path.of("target/bench");

  /** Behind the same gate, guard, dispatcher and meters as the certificates, and nothing after. */
  private static final String EMPTY = "/healthz";

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private final BenchPlan plan = BenchPlan.ofProperties();

  @Test
  void certificatesASecond() throws Exception {
    TestKey provider = TestKey.rsa("bench");
    try (FakeIdp idp = new FakeIdp(provider);
        BenchDaemon daemon = BenchDaemon.start(folder, idp.issuer())) {
      Callers callers =
          new Callers(
              daemon.authority(), provider, idp.issuer(), plan.persons(), plan.certificates());
      System.out.println(new BenchReport(plan, measure(daemon, callers)).write(REPORT));
    }
  }

  private List<Round> measure(BenchDaemon daemon, Callers callers) throws Exception {
    SshKeygenLoop sshKeygen = new SshKeygenLoop(folder, daemon.userCaKey());
    SignatureLoop signatures = new SignatureLoop();
    CertificateProofVerifier verifier = daemon.verifier();
    List<Round> rounds = new ArrayList<>();
    // Now and not before: who sends nothing at first is taken for a slow attacker.
    try (LoadGenerator load = new LoadGenerator(daemon.port(), plan.connections())) {
      // DESIGN section 4, Requests: what is signed within 2 s of the start is refused.
      Instant refused = Instant.now().plusSeconds(3);
      while (Instant.now().isBefore(refused)) {
        load.run(empties(daemon), 200);
      }
      for (int i = 0; i < plan.warmUps() + plan.rounds(); i++) {
        double floor = signatures.run(plan.certificates());
        Round round = round(daemon, load, callers, sshKeygen.run(plan.sshKeygens()), floor);
        for (byte[] answer : round.certificates().sample()) {
          requireProven(verifier, answer);
        }
        if (i >= plan.warmUps()) {
          rounds.add(round);
        }
      }
    }
    return rounds;
  }

  private Round round(
      BenchDaemon daemon,
      LoadGenerator load,
      Callers callers,
      double sshKeygenPerSecond,
      double signaturesPerSecond)
      throws Exception {
    Duration before = daemon.cpu();
    Load empty = load.run(empties(daemon), 200);
    Duration emptyCpu = daemon.cpu().minus(before);
    // Last, so that what they are signed over is a few seconds old at most.
    List<byte[]> requests = callers.requests();
    before = daemon.cpu();
    Load headed = load.run(Callers.heads(requests, EMPTY), 200);
    Duration headedCpu = daemon.cpu().minus(before);
    before = daemon.cpu();
    long commits = daemon.commits();
    Load certificates = load.run(requests, 201);
    Duration certificateCpu = daemon.cpu().minus(before);
    double rows = (double) plan.certificates() / (daemon.commits() - commits);
    return new Round(
        empty,
        emptyCpu,
        headed,
        headedCpu,
        certificates,
        certificateCpu,
        rows,
        sshKeygenPerSecond,
        signaturesPerSecond);
  }

  private List<byte[]> empties(BenchDaemon daemon) {
    String request = "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(EMPTY, daemon.authority());
    return Collections.nCopies(plan.empties(), request.getBytes(StandardCharsets.US_ASCII));
  }

  private static void requireProven(CertificateProofVerifier verifier, byte[] answer)
      throws Exception {
    Certificate certificate =
        Certificate.parse(JSON.readTree(answer).get("certificate").asString());
    assertThat(verifier.verify(certificate)).isInstanceOf(ProofVerdict.Proven.class);
  }
}
