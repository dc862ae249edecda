package dev.daypass;

import dev.daypass.login.RequestSignatures;
import dev.daypass.login.RequestSigner;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/**
 * One {@code POST /v1/certificates}, good unless a test makes it bad: a bearer token, a JSON body
 * that names key and role, and the key's signature over it all (DESIGN section 4, Requests). Each
 * {@link #send()} signs again, with a new nonce. Not for sharing between threads.
 */
public final class CertificateCall {
  static final String PATH = "/v1/certificates";

  /** How far ahead of the server's clock a signature may be. */
  static final Duration AHEAD = Duration.ofSeconds(2);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long PAUSE_NANOS = 10_000_000;

  private final CaClient client;
  private final SshSigner key;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, Object> members = new LinkedHashMap<>();
  private String body = "";

  CertificateCall(CaClient client, SshSigner key, String token) {
    this.client = client;
    this.key = key;
    header("Authorization", "Bearer " + token);
    header("Content-Type", "application/json");
    member("public_key", key.publicKey().line());
    member("role", TestCa.ROLE);
  }

  /** Sets a member of the JSON body: a string, a number, a list or a map. */
  public CertificateCall member(String name, Object value) {
    members.put(name, value);
    return this;
  }

  public CertificateCall withoutMember(String name) {
    members.remove(name);
    return this;
  }

  public CertificateCall role(String role) {
    return member("role", role);
  }

  /** Replaces the whole body by this text, whatever it is. */
  public CertificateCall body(String text) {
    body = text;
    return this;
  }

  /** Sets a header, also one that would be set otherwise: {@code Daypass-Possession} too. */
  public CertificateCall header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public CertificateCall withoutHeader(String name) {
    headers.put(name, "");
    return this;
  }

  /** The body as it will be sent. */
  public String body() {
    return body.isEmpty() ? JSON.writeValueAsString(members) : body;
  }

  /** The signature over this request with a new nonce: the value of the possession header. */
  public String possession(SshSigner signer, Instant at) {
    SignedRequest request =
        new SignedRequest(
            "POST", PATH, headers.getOrDefault("Content-Type", ""), Bytes.ofUtf8(body()));
    try {
      return new RequestSigner(signer, client.origin(), RANDOM)
          .header(request, RequestSignatures.USER_NAMESPACE, at);
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Signs and sends. A daemon of this process that has just started takes no request signed before
   * it remembered; that moment is waited for, at most a second, so that no refusal is written down.
   * One of another process answers {@code restarted}, and is asked again.
   */
  public CaAnswer send() throws IOException {
    long deadline = System.nanoTime() + CaClient.PATIENCE.toNanos();
    CaAnswer answer = sendOnce(signingTime());
    while (answer.code().equals("restarted") && System.nanoTime() < deadline) {
      LockSupport.parkNanos(10 * PAUSE_NANOS);
      answer = sendOnce(signingTime());
    }
    return answer;
  }

  /** Signs as of this time and sends, whatever the answer is. */
  public CaAnswer sendOnce(Instant signedAt) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.uri(PATH))
            .timeout(CaClient.PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body()));
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putIfAbsent("Daypass-Possession", possession(key, signedAt));
    all.values().removeIf(String::isEmpty);
    all.forEach(request::header);
    return client.send(request.build());
  }

  /** The newest time that the server takes, in whole seconds, once that is late enough. */
  private Instant signingTime() {
    while (true) {
      Instant newest = Instant.ofEpochSecond(Instant.now().plus(AHEAD).getEpochSecond());
      if (newest.isAfter(client.memoryBegins())) {
        return newest;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
