package dev.daypass;

import dev.daypass.login.RequestSignatures;
import dev.daypass.login.RequestSigner;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server's side of the API: every request is signed by its host key, with a new nonce. */
public final class TestHost {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final CaClient client;
  private final SshSigner key;
  private final String namespace;

  private TestHost(CaClient client, SshSigner key, String namespace) {
    this.client = client;
    this.key = key;
    this.namespace = namespace;
  }

  /** A server with a new key. */
  public static TestHost of(TestCa ca) {
    return with(ca, OpenSshPrivateKey.generate(SshKeyType.ED25519));
  }

  /** A server with this host key. */
  public static TestHost with(TestCa ca, SshSigner key) {
    return new TestHost(ca.client(), key, RequestSignatures.HOST_NAMESPACE);
  }

  /** A server with a new key that has joined with a token from the operator's socket. */
  public static TestHost joined(TestCa ca, String name, String... labels) throws IOException {
    TestHost host = of(ca);
    CaAnswer answer = host.join(token(ca, name, labels));
    if (answer.status() != 200) {
      throw new AssertionError(answer.body());
    }
    return host;
  }

  /** A join token, by the operator's socket. */
  public static String token(TestCa ca, String name, String... labels) throws IOException {
    List<String> words = new ArrayList<>(List.of("host-token", name, "1h"));
    words.addAll(List.of(labels));
    return OperatorDoor.ask(ca, words.toArray(String[]::new)).getLast();
  }

  /** The same, but it signs in another namespace. */
  public TestHost signingIn(String otherNamespace) {
    return new TestHost(client, key, otherNamespace);
  }

  public SshPublicKey key() {
    return key.publicKey();
  }

  public CaAnswer join(String token) throws IOException {
    return post("/v1/hosts", "token=" + token);
  }

  public CaAnswer get(String target) throws IOException {
    return send("GET", target, "", "");
  }

  /** Posts a form; without a body there is no content type either. */
  public CaAnswer post(String target, String form) throws IOException {
    return send("POST", target, form.isEmpty() ? "" : FORM, form);
  }

  private CaAnswer send(String method, String target, String contentType, String body)
      throws IOException {
    SignedRequest signed = new SignedRequest(method, target, contentType, Bytes.ofUtf8(body));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.uri(target))
            .timeout(CaClient.PATIENCE.plusSeconds(30))
            .header("Authorization", header(signed))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    return client.send(request.build());
  }

  private String header(SignedRequest request) {
    Instant at = Instant.ofEpochSecond(Instant.now().plus(CertificateCall.AHEAD).getEpochSecond());
    while (!at.isAfter(client.memoryBegins())) {
      LockSupport.parkNanos(10_000_000);
      at = Instant.ofEpochSecond(Instant.now().plus(CertificateCall.AHEAD).getEpochSecond());
    }
    try {
      return new RequestSigner(key, client.origin(), RANDOM).header(request, namespace, at);
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }
}
