package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.custody.WitnessFolder;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.verify.CertificateProofVerifier;
import dev.daypass.ledger.verify.ProofVerdict;
import dev.daypass.ledger.witness.Witness;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogProof;
import dev.daypass.web.WitnessServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real daemon whose checkpoints two real witnesses cosign. */
@Timeout(180)
final class WitnessIT {
  @TempDir private Path folder;
  private final SshSigner firstKey = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private final SshSigner secondKey = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private TestCa ca;
  private Witness first;
  private Witness second;
  private WitnessServer firstServer;
  private WitnessServer secondServer;
  private int firstPort;
  private int secondPort;

  @BeforeEach
  void start() throws Exception {
    ca =
        TestCa.with()
            .moreRoles(
                """
                seen-by-others:
                  for: person
                  accounts: [db-debug]
                  hosts: { env: prod, tier: db }
                  ttl: { default: 5m, max: 1h }
                  proof: witnessed
                  allow:
                    - when: '"dba" in identity.groups'
                """)
            .start();
    first = witness("first.example/w1", firstKey);
    second = witness("second.example/w2", secondKey);
    firstServer = serve(first);
    secondServer = serve(second);
    firstPort = firstServer.port();
    secondPort = secondServer.port();
  }

  @AfterEach
  void stop() {
    ca.close();
    firstServer.close();
    secondServer.close();
  }

  @Test
  void servesCheckpointsThatBothHaveCosigned() throws Exception {
    witnessedBy("group both all first second", "quorum both");
    issue();
    SignedNote note = awaitCosigned(newestSize());
    assertThat(note.signers(keys())).containsExactlyInAnyOrderElementsOf(keys());
    assertThat(ca.client().readiness().body())
        .contains("\"witness-first\":\"ok\"", "\"witness-second\":\"ok\"");
    issue();
    assertThat(awaitCosigned(newestSize()).signers(keys())).hasSize(3);
    ca.checkInvariants();
  }

  @Test
  void oneIsEnoughWhereThePolicySaysSo() throws Exception {
    secondServer.close();
    witnessedBy("group one any first second", "quorum one");
    issue();
    SignedNote note = awaitCosigned(newestSize());
    assertThat(first.key().verifies(note)).isTrue();
    assertThat(second.key().verifies(note)).isFalse();
    assertThat(ca.client().readiness().body()).contains("\"witness-second\":\"cannot be asked");
  }

  /** Its proof convinces a server that demands the same witnesses (DESIGN section 6). */
  @Test
  void aCertificateWaitsForItsWitnessesWhereTheRoleWantsThem() throws Exception {
    assertThat(ask("seen-by-others").code()).isEqualTo("witnesses_unavailable");
    long before = newestSize();
    witnessedBy("group both all first second", "quorum both");
    CaAnswer answer = ask("seen-by-others");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    TlogProof proof = TlogProof.parse(answer.text("proof"));
    assertThat(proof.checkpoint().signers(keys())).containsExactlyInAnyOrderElementsOf(keys());
    assertThat(proof.index().toString()).isEqualTo(answer.text("serial"));
    CertificateProofVerifier verifier =
        new CertificateProofVerifier(
            CaFiles.ORIGIN, ca.files().ledgerKey(), Set.of(ca.files().userCa()));
    assertThat(verifier.verify(answer.certificate().orElseThrow()))
        .isInstanceOf(ProofVerdict.Proven.class);
    assertThat(TlogProof.parse(ask(TestCa.ROLE).text("proof")).checkpoint().signatures())
        .as("no other role waits")
        .hasSize(1);
    ca.checkInvariants();
    assertThat(ca.details(EntryKind.CERTIFICATE_FAILED)).isEmpty();
    assertThat(newestSize()).isGreaterThan(before);
  }

  @Test
  void whereTooFewWitnessesAnswerNothingIsReleasedAndAnEntrySaysSo() throws Exception {
    secondServer.close();
    witnessedBy("group both all first second", "quorum both");
    CaAnswer answer = ask("seen-by-others");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("witnesses_unavailable");
    assertThat(ca.details(EntryKind.CERTIFICATE_FAILED))
        .singleElement()
        .satisfies(failed -> {
          assertThat(failed.text("entry")).contains(answer.json().get("entry").asString());
          assertThat(failed.text("cause")).contains("witnesses_unavailable");
        });
    assertThat(ask(TestCa.ROLE).status()).isEqualTo(201);
    ca.checkInvariants();
  }

  /** What the signer's own memory would notice too; here it was put back as well. */
  @Test
  void aWitnessNoticesARestoredBackup() throws Exception {
    witnessedBy("quorum first");
    issue();
    var _ = awaitCosigned(newestSize());
    ca.stopDaemon();
    Path backup = folder.resolve("backup.db");
    Path head = ca.files().config().ledger().head();
    byte[] headThen = Files.readAllBytes(head);
    new StoreFiles(ca.files().store()).copyTo(backup);
    ca.startDaemon();
    for (int i = 0; i < 9; i++) {
      issue();
    }
    var _ = awaitCosigned(newestSize());
    ca.stopDaemon();
    new StoreFiles(backup).copyTo(ca.files().store());
    Files.write(head, headThen);
    ca.startDaemon();
    Waiting.until(
        "the witness contradicts",
        () -> ca.client().readiness().body().contains("more than there are here"));
    assertThat(first.key().verifies(served())).isFalse();
  }

  @Test
  void aWitnessSpeaksTheProtocolOverHttp() throws Exception {
    URI prefix = URI.create("http://127.0.0.1:" + firstServer.port());
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> malformed =
          client.send(
              HttpRequest.newBuilder(prefix.resolve("/add-checkpoint"))
                  .POST(HttpRequest.BodyPublishers.ofString("old x\n\n"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(malformed.statusCode()).isEqualTo(400);
      String request = "old 7\n\n" + served().encode();
      HttpResponse<String> conflict =
          client.send(
              HttpRequest.newBuilder(prefix.resolve("/add-checkpoint"))
                  .POST(HttpRequest.BodyPublishers.ofString(request))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(conflict.statusCode()).isEqualTo(409);
      assertThat(conflict.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
      assertThat(conflict.body()).isEqualTo("0\n");
      HttpResponse<String> nothing =
          client.send(
              HttpRequest.newBuilder(prefix.resolve("/" + "0".repeat(64) + "/checkpoint")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(nothing.statusCode()).isEqualTo(404);
    }
  }

  private void witnessedBy(String... lines) throws IOException {
    String policy =
        String.join(
            ", ",
            quoted(line("first", first, firstPort)),
            quoted(line("second", second, secondPort)),
            String.join(", ", List.of(lines).stream().map(WitnessIT::quoted).toList()));
    ca.restartAs(text -> text.replace("ledger: {", "ledger: { witnesses: [" + policy + "],"));
  }

  private static String line(String name, Witness witness, int port) {
    return "witness %s %s http://127.0.0.1:%d".formatted(name, witness.key().vkey(), port);
  }

  private static String quoted(String line) {
    return '"' + line + '"';
  }

  private Set<NoteKey> keys() {
    return Set.of(ledgerKey(), first.key(), second.key());
  }

  private NoteKey ledgerKey() {
    return NoteKey.ofEd25519(CaFiles.ORIGIN, ca.files().ledgerKey().point().toArray());
  }

  private long newestSize() {
    return ca.daemon().ledger().size().value();
  }

  private SignedNote served() throws IOException {
    return ca.client().checkpoint();
  }

  private SignedNote awaitCosigned(long size) throws Exception {
    Waiting.until(
        "a cosigned checkpoint of " + size + " entries",
        () -> {
          SignedNote note = served();
          return note.signatures().size() >= 2
              && Checkpoint.parse(note.text()).size().value() >= size;
        });
    return served();
  }

  private void issue() throws IOException {
    CaAnswer answer = ask(TestCa.ROLE);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private CaAnswer ask(String role) throws IOException {
    return ca.client()
        .certificate(
            OpenSshPrivateKey.generate(SshKeyType.ED25519),
            ca.idp().token("alice@example.com", "dba"))
        .role(role)
        .send();
  }

  private Witness witness(String name, SshSigner key) throws IOException {
    Path memory = folder.resolve(name.replace('/', '-'));
    return new Witness(
        name, key, List.of(ledgerKey()), WitnessFolder.open(memory), Clock.systemUTC());
  }

  private static WitnessServer serve(Witness witness) throws IOException {
    return WitnessServer.start(
        witness,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Optional.empty(),
        new SecureRandom());
  }
}
