package dev.daypass.e2e.helper;

import dev.daypass.e2e.Command;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole of what the helper asks, answered from memory by whoever a test says that the browser's
 * user is. {@code ssh-keygen} verifies each signature over the canonical text and signs each
 * certificate, so nothing of ours judges the helper.
 */
final class LoginCa implements AutoCloseable {
  private static final Pattern SIGNED =
      Pattern.compile("SSHSIG v=1,t=(\\d+),n=([A-Za-z0-9_-]{22}),s=([A-Za-z0-9+/]+=*)");
  private static final String POLL = "P".repeat(43);
  static final String PROOF = "Q".repeat(42) + "A";
  private static final String LOGIN = "LLLLLLLLLLLLLLLLLLLLLA";

  private final Path folder;
  private final FakeCa server;
  private final Map<String, String> bound = new ConcurrentHashMap<>();
  private final Set<String> nonces = ConcurrentHashMap.newKeySet();

  /** Who signs in with the browser. */
  volatile String username = "alice@example.com";

  volatile String state = "waiting";
  volatile Duration life = Duration.ofMinutes(5);
  volatile boolean deviceMode;
  volatile String knownHosts = "";
  volatile String hostPatterns = "";
  volatile String principals = "daypass:prod";
  private volatile List<String> options = List.of("-O", "clear");

  /** The lines of {@code /v1/roles} after the username. */
  volatile String roles = role("prod", "held", "optional", "db-1 db-2 *.prod.example.com");

  /** What else is answered to whoever is logged in, by method and target. */
  final Map<String, String> pages = new ConcurrentHashMap<>();

  /** What is served as the list of revoked keys; empty, as of a CA that has none, is no list. */
  volatile byte[] krl = {};

  private volatile Map<String, List<String>> started = Map.of();

  LoginCa() throws IOException {
    folder = Files.createTempDirectory("daypass-login-ca-");
    String ca = folder.resolve("ca").toString();
    var _ = Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", ca).output();
    server = new FakeCa(this::answer);
  }

  static String role(String name, String standing, String reason, String patterns) {
    return "roles.name: %s\nroles.standing: %s\nroles.ttl: 5m\nroles.max_ttl: 1h\n"
            .formatted(name, standing)
        + "roles.reason: %s\nroles.patterns: %s\n".formatted(reason, patterns);
  }

  String url() {
    return server.url();
  }

  String userCa() throws IOException {
    return Files.readString(folder.resolve("ca.pub")).strip();
  }

  /** The extension that certificates have from now on. */
  void extensions(String extension) {
    options = List.of("-O", "clear", "-O", extension);
  }

  /** How many requests had that method and target. */
  long asked(String line) {
    return server.requests().stream().filter(request -> request.line().equals(line)).count();
  }

  List<FakeCa.Request> requests() {
    return server.requests();
  }

  /** The next answer, whatever is asked. */
  FakeCa next() {
    return server;
  }

  void endLogins() {
    bound.clear();
  }

  /** A program that acts as the browser of somebody who signs in, consents and finishes. */
  Path browser() throws IOException {
    Path browser = folder.resolve("browser");
    Files.writeString(
        browser,
        """
        #!/bin/sh
        port=$(curl -s "$1")
        curl -s -i -H "Origin: %s" -d "proof=%s" "http://127.0.0.1:$port/" >%s/page
        """
            .formatted(url(), PROOF, folder));
    Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    return browser;
  }

  /** What the browser was shown at the end. */
  String page() throws IOException {
    return Files.readString(folder.resolve("page"));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private byte[] answer(FakeCa.Request request) {
    String line = request.line();
    try {
      if (line.startsWith("GET /login/")) {
        return ok(started("port"));
      }
      return switch (line) {
        case "GET /v1/client" ->
            ok("origin: %s\nhost_patterns: %s\n".formatted(url(), hostPatterns));
        case "GET /v1/known-hosts" -> ok(knownHosts);
        case "GET /v1/krl" -> FakeCa.octets(krl);
        case "POST /v1/logins" -> start(request);
        case "GET /v1/logins/" + LOGIN -> state(request);
        case "POST /v1/logins/" + LOGIN + "/bind" -> bind(request);
        default -> signedIn(request, line);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] start(FakeCa.Request request) throws IOException {
    String key = signer(request, "login@daypass.dev");
    if (request.field("mode").equals("device") && !deviceMode) {
      return FakeCa.answer("403 Forbidden", "", "code: device_mode_off\ndetail: No devices.\n");
    }
    if (!username.equals(bound.getOrDefault(key + " ever", username))) {
      return FakeCa.answer("409 Conflict", "", "code: key_in_use\ndetail: Another's key.\n");
    }
    started = request.form();
    return FakeCa.answer(
        "201 Created",
        "",
        "login: %s\npoll_secret: %s\nurl: %s/login/%s\nuser_code: BCDF-GHJK\nexpires_at: %s\n"
            .formatted(LOGIN, POLL, url(), LOGIN, inFuture(Duration.ofMinutes(5))));
  }

  private String started(String field) {
    return started.getOrDefault(field, List.of("")).getFirst();
  }

  private byte[] state(FakeCa.Request request) {
    check(request.header("Daypass-Poll").equals(POLL), "poll secret");
    check(request.header("Authorization").isEmpty(), "a state is asked without a signature");
    return ok("state: " + state + "\n");
  }

  private byte[] bind(FakeCa.Request request) throws IOException {
    String key = signer(request, "login@daypass.dev");
    check(request.header("Daypass-Poll").equals(POLL), "poll secret");
    String secret = request.field("secret");
    check(started("challenge").equals(s256(secret)), "challenge");
    boolean device = started("mode").equals("device");
    check(device != request.field("proof").equals(PROOF), "proof");
    bound.put(key, username);
    bound.put(key + " ever", username);
    return ok(
        "login: %s\nusername: %s\nprovider: idp\nuntil: %s\nrenewable: true\n"
            .formatted(LOGIN, username, inFuture(Duration.ofHours(10))));
  }

  private byte[] signedIn(FakeCa.Request request, String line) throws IOException {
    String key = signer(request, "request@daypass.dev");
    if (!bound.containsKey(key)) {
      return FakeCa.answer(
          "401 Unauthorized", "", "code: login_required\ndetail: Nobody.\nremedy: Log in.\n");
    }
    return switch (line) {
      case "GET /v1/roles" -> ok("username: %s\n%s".formatted(bound.get(key), roles));
      case "GET /v1/logins" -> ok(pages.getOrDefault(line, "username: " + bound.get(key) + "\n"));
      case "POST /v1/certificates" -> certificate(request, key);
      case "DELETE /v1/logins/current" -> {
        bound.remove(key);
        yield ok("login: " + LOGIN + "\nended: true\nrevoked: 1\n");
      }
      case "DELETE /v1/logins" -> {
        bound.clear();
        yield ok("ended: 3\nrevoked: 2\n");
      }
      default ->
          pages.containsKey(line)
              ? ok(pages.get(line))
              : FakeCa.answer("404 Not Found", "", "code: not_found\ndetail: " + line + "\n");
    };
  }

  private byte[] certificate(FakeCa.Request request, String key) throws IOException {
    Path subject = Files.writeString(folder.resolve("subject.pub"), key + "\n");
    String role = request.field("role");
    String ends = "-1m:+" + life.toSeconds() + "s";
    var _ =
        Command.of("ssh-keygen", "-q", "-s", folder.resolve("ca").toString(), "-z", "7", "-V", ends)
            .and("-I", username + " role=" + role, "-n", principals)
            .and(options.toArray(String[]::new))
            .and(subject.toString())
            .output();
    return FakeCa.answer(
        "201 Created",
        "",
        "serial: 7\nusername: %s\nrole: %s\nvalid_before: %s\nvalid_for: %ds\n%s"
            .formatted(
                username,
                role,
                inFuture(life),
                life.toSeconds(),
                Files.readString(folder.resolve("subject-cert.pub"))));
  }

  /** The key that signed the request: ssh-keygen says that it did. */
  private String signer(FakeCa.Request request, String namespace) throws IOException {
    Matcher signed = SIGNED.matcher(request.header("Authorization"));
    check(signed.matches(), "authorization");
    check(nonces.add(signed.group(2)), "nonce used twice");
    Path text = folder.resolve("signed");
    String[] line = request.line().split(" ", 2);
    Files.writeString(
        text,
        String.join(
            "\n",
            "daypass-request-v1",
            line[0],
            url(),
            line[1],
            request.header("Content-Type"),
            signed.group(1),
            signed.group(2),
            Bytes.ofUtf8(request.body()).sha256().hex(),
            ""));
    Path signature = folder.resolve("signature");
    Files.writeString(
        signature,
        "-----BEGIN SSH SIGNATURE-----\n%s\n-----END SSH SIGNATURE-----\n"
            .formatted(signed.group(3).replaceAll("(.{70})", "$1\n")));
    String verify = "ssh-keygen -q -Y check-novalidate -n \"$1\" -s \"$2\" <\"$3\"";
    var _ =
        Command.of("sh", "-c", verify, "sh", namespace, signature.toString(), text.toString())
            .output();
    return publicKey(Base64.getDecoder().decode(signed.group(3)));
  }

  /** SSHSIG: the magic, a version, then the key. */
  private static String publicKey(byte[] signature) {
    try {
      WireReader reader = WireReader.of(Bytes.of(signature));
      for (int i = 0; i < "SSHSIG".length(); i++) {
        var _ = reader.uint8();
      }
      var _ = reader.uint32();
      byte[] blob = reader.string().toArray();
      String type = new String(blob, 4, blob[3], StandardCharsets.US_ASCII);
      return type + " " + Base64.getEncoder().encodeToString(blob);
    } catch (SshFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static String s256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String inFuture(Duration time) {
    return Clock.systemUTC().instant().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static byte[] ok(String body) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Clock.systemUTC().instant().atOffset(ZoneOffset.UTC));
    return FakeCa.answer("200 OK", "Date: " + date + "\r\n", body);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("the helper sent a wrong " + what);
    }
  }
}
