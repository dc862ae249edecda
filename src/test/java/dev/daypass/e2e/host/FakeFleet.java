package dev.daypass.e2e.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.e2e.Command;
import dev.daypass.fleet.NextBundle;
import dev.daypass.fleet.ServerMode;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.fleet.WhenExpired;
import dev.daypass.fleet.WitnessPolicy;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's side of servers on loopback: real keys, real signatures, and whatever else a test
 * wants it to answer. Every request of a host must carry its host key's signature.
 */
final class FakeFleet implements AutoCloseable {
  static final String NAME = "db-1.prod.example.com";
  static final String SECRET = "s".repeat(43);

  private final SshSigner root = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private final SshSigner channel = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private final OpenSshPrivateKey hostCa = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private final Path folder;
  private final HttpServer server;
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> reports = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<SshPublicKey>> joined =
      new AtomicReference<>(Optional.empty());

  private @Nullable TrustBundle bundle;

  private FakeFleet(Path folder, HttpServer server) {
    this.folder = folder;
    this.server = server;
  }

  /** Trusts these keys; its map opens nothing yet. */
  static FakeFleet start(Path folder, String origin, SshPublicKey userCa, SshPublicKey ledger)
      throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    FakeFleet fleet = new FakeFleet(folder, server);
    Files.writeString(folder.resolve("host_ca"), fleet.hostCa.encode("host CA"));
    var _ = Command.of("chmod", "600", folder.resolve("host_ca").toString()).output();
    fleet.publishBundle(1, origin, userCa, ledger);
    fleet.publishMap(1, "");
    fleet.publishKrl(1);
    server.createContext("/", fleet::serve);
    server.start();
    return fleet;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String rootFingerprint() {
    return root.publicKey().fingerprint().toString();
  }

  String hostCaLine() {
    return hostCa.publicKey().line();
  }

  String token() {
    return token(rootFingerprint(), Instant.now().plus(Duration.ofMinutes(10)));
  }

  String token(String rootFingerprint, Instant validUntil) {
    String lines =
        "name %s\nlabel env=prod\nroot %s\nurl %s\nvalid-until %s\nsecret %s\n"
            .formatted(
                NAME, rootFingerprint, url(), validUntil.truncatedTo(ChronoUnit.SECONDS), SECRET);
    return "dpj1." + Bytes.ofUtf8(lines).base64Url();
  }

  /** Methods and targets of what was asked so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** The session reports that were taken. */
  List<String> reports() {
    return List.copyOf(reports);
  }

  void publishBundle(long number, String origin, SshPublicKey userCa, SshPublicKey ledger)
      throws Exception {
    Instant until = Instant.parse("2037-11-21T01:13:00Z");
    bundle =
        new TrustBundle(
            number,
            until,
            origin,
            List.of(userCa),
            List.of(hostCa.publicKey()),
            List.of(ledger),
            List.of(channel.publicKey()),
            Optional.empty(),
            WitnessPolicy.NONE,
            EnumSet.allOf(ServerMode.class));
    answer("/v1/bundle", SignedTrustBundle.sign(bundle, root).text());
  }

  /** The next bundle, with that end and that word of what happens then. */
  void publishBundle(Instant until, WhenExpired then) throws Exception {
    bundle =
        new NextBundle(
                until,
                Optional.of(then),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of())
            .after(Objects.requireNonNull(bundle));
    answer("/v1/bundle", SignedTrustBundle.sign(bundle, root).text());
  }

  void publishMap(int version, String lines) throws Exception {
    publishMap(version, NAME, lines);
  }

  void publishMap(int version, String host, String lines) throws Exception {
    answer(
        "/v1/hosts/me/principals",
        signed("principals@daypass.dev", "daypass-principals-v1", host, version, lines));
  }

  /** A KRL of that version that revokes these serials of a CA. */
  void publishKrl(int version, String... specification) throws Exception {
    Path krl = folder.resolve("krl");
    Path specified = Files.write(folder.resolve("krl-spec"), List.of(specification));
    Command keygen = Command.of("ssh-keygen", "-q", "-k", "-f", krl.toString());
    if (specification.length > 0) {
      keygen = keygen.and("-s", folder.resolve("user_ca.pub").toString());
    }
    var _ = keygen.and("-z", Integer.toString(version), specified.toString()).output();
    Bytes bytes = Bytes.of(Files.readAllBytes(krl));
    answers.put("/v1/krl", bytes.toArray());
    answer("/v1/krl.sig", SshSig.sign(channel, "krl@daypass.dev", bytes).armored());
  }

  /** From now on these bytes answer that target. */
  void answer(String target, String text) {
    answers.put(target, text.getBytes(StandardCharsets.UTF_8));
  }

  void answer(String target, byte[] bytes) {
    answers.put(target, bytes.clone());
  }

  /** From now on the target is answered as it would be. */
  void answerWell(String target) {
    answers.remove(target);
  }

  byte[] bytes(String target) {
    return Objects.requireNonNull(answers.get(target)).clone();
  }

  String answer(String target) {
    return new String(answers.get(target), StandardCharsets.UTF_8);
  }

  /** Nobody answers any more. */
  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    // Which bundle a server has makes no difference to what it gets.
    requests.add(exchange.getRequestMethod() + " " + target.replaceFirst("\\?bundle=[0-9]+$", ""));
    Bytes body = Bytes.of(exchange.getRequestBody().readAllBytes());
    try {
      byte[] answer = answer(exchange, target, body);
      exchange.sendResponseHeaders(answer.length == 0 ? 403 : 200, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      exchange.close();
    }
  }

  private byte[] answer(HttpExchange exchange, String target, Bytes body) throws Exception {
    // The list of one version has one signature; a test that wants another one puts it here.
    byte[] prepared = answers.getOrDefault(target.replaceFirst("\\?.*", ""), new byte[0]);
    if (target.equals("/v1/sessions")) {
      var _ = signer(exchange, target, body);
      if (prepared.length > 0) {
        reports.add(body.utf8() + "&");
      }
    }
    if (target.equals("/v1/hosts") || target.startsWith("/v1/hosts/me/")) {
      SshPublicKey key = signer(exchange, target, body);
      if (target.equals("/v1/hosts")) {
        return join(key, body);
      }
      if (!joined.get().equals(Optional.of(key))) {
        return new byte[0];
      }
      if (target.endsWith("/certificate") && prepared.length == 0) {
        return hostAnswer(key);
      }
    }
    return prepared;
  }

  private byte[] join(SshPublicKey key, Bytes body) throws Exception {
    boolean isToken = body.utf8().startsWith("token=");
    if (!isToken || !joined.compareAndSet(Optional.empty(), Optional.of(key))) {
      return new byte[0];
    }
    return hostAnswer(key);
  }

  /** The key of the SSHSIG in the request's header; a bad one ends the request. */
  private SshPublicKey signer(HttpExchange exchange, String target, Bytes body) throws Exception {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    String[] fields = header.replace("SSHSIG ", "").split(",", 4);
    SshSig signature = SshSig.decode(Bytes.fromBase64Strict(fields[3].substring(2)));
    String content = exchange.getRequestHeaders().getFirst("Content-Type");
    String message =
        String.join(
            "\n",
            "daypass-request-v1",
            exchange.getRequestMethod(),
            url(),
            target,
            content == null ? "" : content,
            fields[1].substring(2),
            fields[2].substring(2),
            body.sha256().hex() + "\n");
    if (!signature.verifies("host-request@daypass.dev", Bytes.ofUtf8(message))) {
      throw new IOException("the host's signature is not good: " + message);
    }
    return signature.publicKey();
  }

  private byte[] hostAnswer(SshPublicKey key) throws Exception {
    String certificate = answers.containsKey("certificate") ? answer("certificate") : certify(key);
    String lines = "mode file\nmode proof\nca-url " + url() + "\ncertificate " + certificate + "\n";
    return signed("host@daypass.dev", "daypass-host-v1", NAME, 1, lines)
        .getBytes(StandardCharsets.UTF_8);
  }

  private String certify(SshPublicKey key) throws IOException {
    Path subject = Files.writeString(folder.resolve("host.pub"), key.line() + "\n");
    Command keygen = Command.of("ssh-keygen", "-q", "-h", "-s", folder + "/host_ca", "-I", NAME);
    var _ = keygen.and("-n", NAME, "-V", "-1m:+30m", subject.toString()).output();
    String line = Files.readString(folder.resolve("host-cert.pub")).strip();
    return line.substring(0, line.indexOf(' ', line.indexOf(' ') + 1));
  }

  private String signed(String namespace, String format, String host, int version, String lines)
      throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String text =
        "%s\nhost %s\nversion %d\nmade %s\nvalid-until %s\n%s"
            .formatted(format, host, version, now, now.plus(Duration.ofDays(1)), lines);
    return text + SshSig.sign(channel, namespace, Bytes.ofUtf8(text)).armored();
  }
}
