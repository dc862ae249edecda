package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.CertificateCall;
import dev.daypass.TestCa;
import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.Principal;
import dev.daypass.cert.SecondOpinion;
import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of random roles and requests: what the API says of a certificate, what {@code
 * ssh-keygen -L} reads in it, what MINA reads in it, and what DESIGN section 5 wants in it are one
 * and the same. Some of them are then shown to a real {@code sshd}.
 */
final class DifferentialIT {
  private static final long SEED = 20_261_121;
  private static final int ROLES = 200;
  private static final int REQUESTS = 5_000;
  private static final int LOGINS = Boolean.getBoolean("daypass.long") ? 200 : 40;
  private static final int CLIENTS = 16;
  private static final Duration BACKDATING = Duration.ofSeconds(60);

  /** No login is tried within this of a window's edge. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private static final Parts PARTS = new Parts();
  private static final List<Issued> ISSUED = new ArrayList<>();
  private static final List<Issued> REFUSED = new ArrayList<>();

  @TempDir Path folder;

  private static TestCa ca;
  private static Instant began;

  /** A request and its answer. */
  private record Issued(RandomRequest request, CaAnswer answer) {
    Certificate certificate() {
      return answer.certificate().orElseThrow(() -> new AssertionError(this.toString()));
    }
  }

  @BeforeAll
  static void askForAll() throws Exception {
    Random random = new Random(SEED);
    List<RandomRole> roles =
        IntStream.range(0, ROLES).mapToObj(i -> RandomRole.of(i, random)).toList();
    String policy =
        roles.stream()
            .map(role -> role.yaml().indent(2))
            .collect(Collectors.joining("", "roles:\n", ""));
    ca = PARTS.started(TestCa.with().policy(policy).hosts(hosts()).start());
    began = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    List<SshSigner> keys = keys();
    List<RandomRequest> requests =
        Stream.generate(() ->
                RandomRequest.of(
                    RandomRole.one(roles, random), RandomRole.one(keys, random), began, random))
            .limit(REQUESTS)
            .toList();
    for (Issued issued : send(requests)) {
      (issued.answer().status() == 201 ? ISSUED : REFUSED).add(issued);
    }
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @Test
  void grantsExactlyWhatPolicyGrants() {
    assertThat(ISSUED)
        .hasSizeGreaterThan(REQUESTS / 2)
        .allSatisfy(issued -> assertThat(issued.request().refusals()).as("%s", issued).isEmpty());
    assertThat(REFUSED)
        .hasSizeGreaterThan(REQUESTS / 20)
        .allSatisfy(refused ->
            assertThat(refused.request().refusals())
                .as("%s", refused)
                .contains(refused.answer().code()));
    Set<String> codes =
        REFUSED.stream().map(refused -> refused.answer().code()).collect(Collectors.toSet());
    assertThat(codes).hasSize(8);
    ca.checkInvariants();
    Figures.record(
        Goal.R16,
        DifferentialIT.class,
        "%d random requests of random policies: %d granted, %d refused, each as policy says",
        REQUESTS,
        ISSUED.size(),
        REFUSED.size());
  }

  @Test
  void theCertificateIsWhatWasAskedFor() {
    for (Issued issued : ISSUED) {
      RandomRequest request = issued.request();
      CertificateContent content = issued.certificate().content();
      assertThat(content.keyId().text()).isEqualTo(request.keyId());
      assertThat(content.principals().stream().map(Principal::name))
          .isEqualTo(request.principals());
      assertThat(content.publicKey()).isEqualTo(request.key().publicKey());
      Instant start = request.validAfter().orElse(content.window().validAfter().plus(BACKDATING));
      assertThat(start).isAfterOrEqualTo(began);
      assertThat(content.window().validBefore()).isEqualTo(start.plusSeconds(request.seconds()));
    }
  }

  @Test
  void sshKeygenReadsWhatTheApiSaid() throws Exception {
    Path file = folder.resolve("certificates");
    Files.write(file, ISSUED.stream().map(issued -> issued.answer().text("certificate")).toList());
    List<KeygenListing> listings = KeygenListing.of(file);
    assertThat(listings).hasSameSizeAs(ISSUED);
    for (int i = 0; i < listings.size(); i++) {
      assertThat(listings.get(i)).isEqualTo(said(ISSUED.get(i)));
    }
  }

  @Test
  void minaReadsTheSame() {
    assertThat(ISSUED)
        .allSatisfy(
            issued -> assertThat(SecondOpinion.disagreement(issued.certificate())).isEmpty());
  }

  @Test
  void sshdLetsInWhomTheCertificateLetsIn() throws Exception {
    LocalAccounts accounts = PARTS.started(new LocalAccounts());
    String account = accounts.make("diff");
    Sshd sshd = PARTS.started(Sshd.start(ca.files().userCa().line()));
    Map<Boolean, List<Issued>> decided =
        ISSUED.stream()
            .filter(issued -> isClear(issued.certificate()))
            .collect(Collectors.partitioningBy(DifferentialIT::mayEnter));
    List<Issued> shown =
        new ArrayList<>(decided.getOrDefault(true, List.of()).subList(0, LOGINS / 2));
    shown.addAll(decided.getOrDefault(false, List.of()).subList(0, LOGINS / 2));
    // The account opens to every second of the certificates; the others carry no principal of it.
    List<String> principals =
        IntStream.range(0, shown.size())
            .filter(i -> i % 2 == 0)
            .mapToObj(i -> shown.get(i).request().principals().getLast())
            .toList();
    sshd.open(account, principals);
    for (Issued issued : shown) {
      boolean isOpen = !Collections.disjoint(principals, issued.request().principals());
      Command.Result result = login(sshd, issued).as(account, "true");
      assertThat(result.exit())
          .as("%s: %s", issued, result)
          .isEqualTo(isOpen && mayEnter(issued) ? 0 : 255);
    }
  }

  /** The answer's own fields, as ssh-keygen would print them. */
  private static KeygenListing said(Issued issued) {
    CaAnswer answer = issued.answer();
    RandomRequest request = issued.request();
    SshSigner key = request.key();
    Map<String, String> extensions = new TreeMap<>();
    request.extensions().forEach(name -> extensions.put(name, ""));
    Bytes proof = new WireWriter().text(answer.text("proof")).toBytes();
    extensions.put("ledger-proof@daypass.dev", proof.hex());
    List<String> principals = new ArrayList<>();
    answer.json().path("principals").forEach(name -> principals.add(name.asString()));
    return new KeygenListing(
        key.publicKey().type().certificateName() + " user certificate",
        key.publicKey().fingerprint().toString(),
        "ED25519 " + ca.files().userCa().fingerprint() + " (using ssh-ed25519)",
        "\"" + answer.text("key_id") + "\"",
        answer.text("serial"),
        Instant.parse(answer.text("valid_after")),
        Instant.parse(answer.text("valid_before")),
        principals,
        printed(request.criticalOptions()),
        printed(extensions));
  }

  private static List<String> printed(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option ->
            option.getKey() + (option.getValue().isEmpty() ? "" : " " + option.getValue()))
        .toList();
  }

  /** Whether now is well inside the window, or well before it. */
  private static boolean isClear(Certificate certificate) {
    Instant now = Clock.systemUTC().instant();
    Instant begin = certificate.content().window().validAfter();
    Instant end = certificate.content().window().validBefore();
    boolean isLater = begin.isAfter(now.plus(MARGIN));
    boolean isNow = !begin.isAfter(now) && end.isAfter(now.plus(MARGIN));
    return isLater || isNow;
  }

  /** Whether sshd on loopback accepts it, for an account that its principals open. */
  private static boolean mayEnter(Issued issued) {
    Map<String, String> critical = issued.request().criticalOptions();
    String source = critical.getOrDefault("source-address", "127.0.0.1/32");
    boolean isNow =
        !issued.certificate().content().window().validAfter().isAfter(Clock.systemUTC().instant());
    // The software authenticator is touched, and verifies nobody.
    return isNow && source.startsWith("127.") && !critical.containsKey("verify-required");
  }

  private SshLogin login(Sshd sshd, Issued issued) throws IOException {
    SshSigner key = issued.request().key();
    Path file = Files.createTempFile(folder, "cert", ".pub");
    Files.writeString(file, issued.answer().text("certificate") + "\n");
    Path half = folder.resolve("key-" + key.publicKey().fingerprint().sha256().hex());
    if (key instanceof OpenSshPrivateKey inMemory) {
      Files.writeString(half, inMemory.encode("k"));
      Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-------"));
      return SshLogin.with(sshd, half, file);
    }
    Files.writeString(half, key.publicKey().line() + " sk\n");
    Path sockets = Files.createTempDirectory(folder, "a");
    return SshLogin.with(sshd, half, file).through(PARTS.started(SshAgent.holding(key, sockets)));
  }

  private static List<Issued> send(List<RandomRequest> requests) throws Exception {
    Map<String, String> tokens = new ConcurrentHashMap<>();
    List<Future<Issued>> answers = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (RandomRequest request : requests) {
        answers.add(clients.submit(() -> send(request, tokens)));
      }
    }
    List<Issued> issued = new ArrayList<>();
    for (Future<Issued> answer : answers) {
      issued.add(answer.get());
    }
    return issued;
  }

  private static Issued send(RandomRequest request, Map<String, String> tokens) throws IOException {
    String token =
        tokens.computeIfAbsent(
            request.person() + request.groups(),
            _ ->
                ca.idp()
                    .token(
                        request.person() + "@example.com",
                        request.groups().toArray(String[]::new)));
    CertificateCall call = ca.client().certificate(request.key(), token);
    request.members().forEach(call::member);
    return new Issued(request, call.send());
  }

  /** Four keys of each type, but one for RSA, which takes its time. */
  private static List<SshSigner> keys() {
    return Stream.of(SshKeyType.values())
        .flatMap(type ->
            type == SshKeyType.RSA
                ? Stream.of(TestKeys.of(type))
                : Stream.generate(() -> TestKeys.generate(type)).limit(4))
        .toList();
  }

  private static String hosts() {
    return RandomRequest.HOSTS.entrySet().stream()
        .map(host -> "  " + host.getKey() + ": " + host.getValue().toString().replace("=", ": "))
        .collect(Collectors.joining("\n", "known:\n", "\n"));
  }
}
