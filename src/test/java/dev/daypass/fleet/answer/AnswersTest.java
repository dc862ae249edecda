package dev.daypass.fleet.answer;

import static dev.daypass.fleet.host.FleetScenario.DB;
import static dev.daypass.fleet.host.FleetScenario.DB_1;
import static dev.daypass.fleet.host.FleetScenario.OPERATOR;
import static dev.daypass.fleet.host.FleetScenario.URL;
import static dev.daypass.fleet.host.FleetScenario.WEB;
import static dev.daypass.fleet.host.FleetScenario.WEB_1;
import static dev.daypass.fleet.host.FleetScenario.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.fleet.host.FleetScenario;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.issuance.GrantRebuild;
import dev.daypass.ledger.FaultyStore.Fault;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.policy.Policy;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnswersTest {
  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final String POLICY =
      """
      roles:
        prod-db-debug:
          accounts: [db-debug]
          hosts: { tier: db }
          ttl: { default: 30m, max: 1h }
          allow: [{ when: 'true' }]
      """;

  @TempDir private Path folder;
  private final ChannelSigner channel =
      new ChannelSigner(OpenSshPrivateKey.generate(SshKeyType.ED25519));
  private final SshPublicKey key = newKey();
  private final Deque<Optional<Stop>> stops = new ArrayDeque<>();
  private FleetScenario fleet;
  private Answers answers;
  private JoinedHost host;

  @BeforeEach
  void open() throws Exception {
    fleet = new FleetScenario(folder);
    Path file = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Policy policy = PolicyFile.read(file, Set.of("okta")).policy();
    answers =
        new Answers(
            fleet.ledger.ledger(),
            channel,
            new HostCertificates(
                fleet.ledger.ledger(),
                fleet.ledger.signer(),
                LIFETIME,
                fleet.ledger.clock()::now,
                new SecureRandom(),
                _ -> stops.isEmpty() ? Optional.empty() : stops.removeFirst()),
            fleet.registry.versions(),
            () -> new Answers.PolicyInForce(policy, 1),
            URL,
            fleet.ledger.clock()::now);
    host = fleet.joined(key, DB_1, DB);
  }

  @AfterEach
  void close() throws Exception {
    fleet.close();
  }

  @Test
  void signsTheMapForItsServerAsAMapAndNothingElse() throws Exception {
    SignedDocument map = map(host);
    assertThat(map.text())
        .startsWith("daypass-principals-v1\nhost db-1.prod.example.com\nversion 2\n")
        .contains("account db-debug daypass:prod-db-debug ");
    assertThat(map.document()).startsWith(map.text() + "-----BEGIN SSH SIGNATURE-----\n");
    assertThat(map.signature().publicKey()).isEqualTo(channel.publicKey());
    assertThat(map.signature().verifies("principals@daypass.dev", Bytes.ofUtf8(map.text())))
        .isTrue();
    assertThat(map.signature().verifies("host@daypass.dev", Bytes.ofUtf8(map.text()))).isFalse();
  }

  @Test
  void aMapIsGoodForADay() throws Exception {
    Instant now = fleet.ledger.clock().now().truncatedTo(ChronoUnit.SECONDS);
    assertThat(lines(map(host)))
        .containsEntry("made", now.toString())
        .containsEntry("valid-until", now.plus(Duration.ofDays(1)).toString());
  }

  @Test
  void theMapFollowsTheLabelsAndItsVersionRises() throws Exception {
    long before = version(map(host));
    assertThat(before).isGreaterThanOrEqualTo(answers.mapSince(host));
    fleet.registry.relabel(DB_1, WEB, OPERATOR, "moved");
    JoinedHost after = fleet.registry.find(DB_1).orElseThrow();
    assertThat(answers.mapSince(after)).isGreaterThan(before);
    SignedDocument map = map(after);
    assertThat(version(map)).isGreaterThanOrEqualTo(answers.mapSince(after));
    assertThat(map.text()).contains("label tier=web\n").doesNotContain("account ");
  }

  @Test
  void anotherServersChangeIsNoNewsForThisOne() throws Exception {
    long version = version(map(host));
    fleet.joined(newKey(), WEB_1, WEB);
    assertThat(answers.mapSince(host)).isLessThanOrEqualTo(version);
  }

  @Test
  void certifiesExactlyTheNameOfTheServer() throws Exception {
    SignedDocument answer = answers.certificate(host);
    Certificate certificate = certificate(answer);
    CertificateContent content = certificate.content();
    assertThat(content.type()).isEqualTo(CertificateType.HOST);
    assertThat(content.publicKey()).isEqualTo(key);
    assertThat(content.principals()).containsExactly(new Principal("db-1.prod.example.com"));
    assertThat(content.criticalOptions().names()).isEmpty();
    assertThat(content.extensions().names()).isEmpty();
    assertThat(content.caKey()).isEqualTo(fleet.ledger.signer().keys().hostCa());
    assertThat(content.window().length()).isEqualTo(LIFETIME);
    assertThat(content.window().contains(fleet.ledger.clock().now())).isTrue();
    assertThat(certificate.signatureVerifies()).isTrue();
    assertThat(lines(answer))
        .containsEntry("host", "db-1.prod.example.com")
        .containsEntry("mode", "file")
        .containsEntry("ca-url", URL)
        .containsEntry("valid-until", content.window().validBefore().toString());
    assertThat(answer.signature().verifies("host@daypass.dev", Bytes.ofUtf8(answer.text())))
        .isTrue();
  }

  @Test
  void theLedgerCommitsToTheWholeCertificateAndItCanBeMadeAgain() throws Exception {
    CertificateContent content = certificate(answers.certificate(host)).content();
    EntryNumber number = new EntryNumber(content.serial().bits());
    Entry entry = fleet.ledger.ledger().entry(number).orElseThrow();
    assertThat(entry.kind()).isEqualTo(EntryKind.HOST_CERTIFICATE_GRANTED);
    assertThat(entry.commitSsh()).contains(content.toBeSigned().sha256());
    var details = CanonicalJson.decodeObject(fleet.ledger.ledger().details(number).orElseThrow());
    CertificateContent again =
        GrantRebuild.of(List.of(fleet.ledger.signer().keys().hostCa()))
            .content(entry.kind(), details)
            .orElseThrow();
    assertThat(again.withSerial(new Serial(number.value()))).isEqualTo(content);
  }

  @Test
  void signsNothingThatIsNotWrittenDown() throws Exception {
    fleet.ledger.store().failNextAppend(Fault.FULL);
    assertThatThrownBy(() -> answers.certificate(host)).isInstanceOf(AnswerUnavailable.class);
    assertThat(fleet.entries(EntryKind.HOST_CERTIFICATE_GRANTED)).isEmpty();
  }

  @Test
  void whoMustNotHaveOneGetsNoEntryEither() throws Exception {
    stops.add(Optional.of(new Stop.Revoked()));
    assertThatThrownBy(() -> answers.certificate(host))
        .isInstanceOfSatisfying(
            CertificateStopped.class, e -> assertThat(e.stop()).isEqualTo(new Stop.Revoked()));
    assertThat(fleet.entries(EntryKind.HOST_CERTIFICATE_GRANTED)).isEmpty();
  }

  @Test
  void aFreezeAfterTheEntryKeepsTheCertificateBack() throws Exception {
    stops.add(Optional.empty());
    stops.add(Optional.of(new Stop.Frozen("the CA may be stolen")));
    assertThatThrownBy(() -> answers.certificate(host)).isInstanceOf(CertificateStopped.class);
    assertThat(fleet.entries(EntryKind.HOST_CERTIFICATE_GRANTED)).hasSize(1);
    assertThat(fleet.entries(EntryKind.CERTIFICATE_FAILED))
        .singleElement()
        .satisfies(details -> assertThat(details.text("cause")).contains("frozen"));
  }

  @Test
  void aServerCannotFillTheLedger() {
    for (int i = 0; i < 20; i++) {
      assertThat(answers.mayHaveCertificate(host)).isTrue();
    }
    assertThat(answers.mayHaveCertificate(host)).isFalse();
    assertThat(answers.mayHaveCertificate(fleet.joined(newKey(), WEB_1, WEB))).isTrue();
    fleet.ledger.clock().pass(Duration.ofHours(1));
    assertThat(answers.mayHaveCertificate(host)).isTrue();
  }

  private SignedDocument map(JoinedHost of) throws AnswerUnavailable {
    return answers.map(() -> Optional.of(of)).orElseThrow();
  }

  private static Certificate certificate(SignedDocument answer) throws Exception {
    return Certificate.parse(String.valueOf(lines(answer).get("certificate")));
  }

  private static long version(SignedDocument document) {
    return Long.parseLong(String.valueOf(lines(document).get("version")));
  }

  /** The values of names that stand once. */
  private static Map<String, String> lines(SignedDocument document) {
    return document
        .text()
        .lines()
        .skip(1)
        .map(line -> line.split(" ", 2))
        .collect(Collectors.toMap(words -> words[0], words -> words[1], (one, _) -> one));
  }
}
