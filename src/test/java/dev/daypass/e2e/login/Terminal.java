package dev.daypass.e2e.login;

import dev.daypass.CaAnswer;
import dev.daypass.TestCa;
import dev.daypass.login.RequestSigner;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The terminal's part of a login at the port, step by step (DESIGN section 4, Login), so that a
 * test can do what the helper never would. Written apart from the daemon.
 */
final class Terminal {
  static final String LOGIN_NAMESPACE = "login@daypass.dev";
  static final String REQUEST_NAMESPACE = "request@daypass.dev";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final long AHEAD_SECONDS = 2;
  private static final long PAUSE_NANOS = 100_000_000;

  private final TestCa ca;
  private final SshSigner key;
  private final String secret = randomSecret();
  private CaAnswer started = new CaAnswer(0, Map.of(), "");

  Terminal(TestCa ca, SshSigner key) {
    this.ca = ca;
    this.key = key;
  }

  /** One with a new key. */
  static Terminal of(TestCa ca) {
    return new Terminal(ca, OpenSshPrivateKey.generate(SshKeyType.ED25519));
  }

  SshSigner key() {
    return key;
  }

  /** Starts a login whose listener is nobody's: the tests read the proof off the page. */
  CaAnswer start() throws IOException {
    return start(Map.of("mode", "loopback", "port", "1024"));
  }

  CaAnswer startDevice() throws IOException {
    return start(Map.of("mode", "device"));
  }

  CaAnswer start(Map<String, String> changes) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("hostname", "terminal-of-the-tests");
    fields.put("challenge", Bytes.ofUtf8(secret).sha256().base64Url());
    fields.putAll(changes);
    started = signed(LOGIN_NAMESPACE, "POST", "/v1/logins", fields, Map.of());
    return started;
  }

  String login() {
    return started.text("login");
  }

  String url() {
    return started.text("url");
  }

  String userCode() {
    return started.text("user_code");
  }

  String poll() {
    return started.text("poll_secret");
  }

  String state() throws IOException {
    return ca.client().get("/v1/logins/" + login(), Map.of("Daypass-Poll", poll())).text("state");
  }

  CaAnswer bind(Optional<String> proof) throws IOException {
    return bind(proof, this, secret);
  }

  /** Binds by what another terminal knows. */
  CaAnswer bind(Optional<String> proof, Terminal other, String helperSecret) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>(Map.of("secret", helperSecret));
    proof.ifPresent(text -> fields.put("proof", text));
    return signed(
        LOGIN_NAMESPACE,
        "POST",
        "/v1/logins/" + login() + "/bind",
        fields,
        Map.of("Daypass-Poll", other.poll()));
  }

  String secret() {
    return secret;
  }

  /** A request by the key: for a certificate, the roles, a list, an end. */
  CaAnswer request(String method, String target, Map<String, String> fields) throws IOException {
    return signed(REQUEST_NAMESPACE, method, target, fields, Map.of());
  }

  CaAnswer certificate() throws IOException {
    return request("POST", "/v1/certificates", Map.of("role", LoginScene.ROLE));
  }

  CaAnswer signed(
      String namespace,
      String method,
      String target,
      Map<String, String> fields,
      Map<String, String> headers)
      throws IOException {
    while (true) {
      SignedRequest request = form(method, target, fields);
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.put("Authorization", authorization(request, namespace, ca.client().origin()));
      CaAnswer answer = send(request, all);
      // What was signed before the daemon's memory began is to be signed again.
      if (!answer.code().equals("restarted")) {
        return answer;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  static SignedRequest form(String method, String target, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return new SignedRequest(method, target, body.isEmpty() ? "" : FORM, Bytes.ofUtf8(body));
  }

  String authorization(SignedRequest request, String namespace, String origin) {
    try {
      return new RequestSigner(key, origin, RANDOM)
          .header(request, namespace, Instant.now().plusSeconds(AHEAD_SECONDS - 1));
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }

  CaAnswer send(SignedRequest request, Map<String, String> headers) throws IOException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(ca.client().origin() + request.target()))
            .header("Accept", "application/json")
            .method(
                request.method(),
                request.body().size() == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body().toArray()));
    if (!request.contentType().isEmpty()) {
      builder.header("Content-Type", request.contentType());
    }
    headers.forEach(builder::header);
    return ca.client().send(builder.build());
  }

  private static String randomSecret() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Bytes.of(bytes).base64Url();
  }
}
