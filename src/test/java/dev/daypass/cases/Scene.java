package dev.daypass.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaAnswer;
import dev.daypass.CaFiles;
import dev.daypass.CertificateCall;
import dev.daypass.TestCa;
import dev.daypass.TestIdp;
import dev.daypass.cert.Certificate;
import dev.daypass.login.RequestSignatures;
import dev.daypass.login.RequestSigner;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.web.RawHttp;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * A certificate authority under attack, with two identity providers. Every asker is somebody whom
 * it has never seen, so that no attempt meets another's budget of refusals. One thread at a time.
 */
final class Scene implements AutoCloseable {
  static final String PATH = "/v1/certificates";
  static final JsonMapper JSON = JsonMapper.builder().build();

  /** The role of {@link SceneRoles} for persons of the second provider. */
  static final String GUEST_ROLE = "guest";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration AHEAD = Duration.ofSeconds(2);

  private final AtomicInteger askers = new AtomicInteger();
  private final TestIdp second = new TestIdp();
  private final TestIdp single = new TestIdp();
  private final SshSigner key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private final TestCa ca;

  private Scene(CaFiles.KeySetup keys) {
    this.ca =
        TestCa.with()
            .moreIdentity(SceneRoles.identity(second.issuer(), single.issuer()))
            .hosts(SceneRoles.hosts())
            .moreRoles(SceneRoles.ROLES)
            .keys(keys)
            .start();
  }

  /** Starts it with those keys, and waits until it takes requests that are signed now. */
  static Scene open(CaFiles.KeySetup keys) throws IOException {
    Scene scene = new Scene(keys);
    CaAnswer first = scene.call().send();
    assertThat(first.status()).as(first.body()).isEqualTo(201);
    return scene;
  }

  TestCa ca() {
    return ca;
  }

  /** The primary provider. */
  TestIdp idp() {
    return ca.idp();
  }

  /** A provider of persons that is not primary: username and account are claims, no domain. */
  TestIdp second() {
    return second;
  }

  /** A provider of services whose tokens are for single use. */
  TestIdp single() {
    return single;
  }

  /** The key of every asker who brings no other. */
  SshSigner key() {
    return key;
  }

  /** The name of somebody new. */
  String newName() {
    return "asker-" + askers.incrementAndGet();
  }

  /** Good claims of somebody new at the primary provider, who is in {@code dba}. */
  Map<String, Object> claims() {
    return idp().claims(newName() + "@example.com", "dba");
  }

  /** Good claims of somebody new at the second provider. */
  Map<String, Object> guestClaims() {
    String name = newName();
    Map<String, Object> claims = second.claims(name, "dba");
    claims.remove("email");
    claims.put("preferred_username", name);
    claims.put("account", name);
    return claims;
  }

  /** Good claims of a new job at the provider of services. */
  Map<String, Object> jobClaims() {
    Map<String, Object> claims = single.claims(newName());
    claims.remove("email");
    claims.put("preferred_username", claims.get("sub"));
    claims.put("iat", Instant.now().getEpochSecond() + 3);
    return claims;
  }

  /** A request that would be granted, by somebody new. */
  CertificateCall call() {
    return callBy(claims());
  }

  /** A request that would be granted if these claims of the primary provider were good. */
  CertificateCall callBy(Map<String, Object> claims) {
    return ca.client().certificate(key, idp().token(claims));
  }

  /** The same for the second provider and its role. */
  CertificateCall guestCall(Map<String, Object> claims) {
    return ca.client().certificate(key, second.token(claims)).role(GUEST_ROLE);
  }

  /** A request with this token, whatever it is. */
  CertificateCall callWith(String token) {
    return ca.client().certificate(key, token);
  }

  /** A request of somebody new for a certificate of this key, signed by it. */
  CertificateCall callFor(SshSigner subject) {
    return ca.client().certificate(subject, idp().token(claims()));
  }

  /** A certificate that was really issued. */
  Certificate issued() throws IOException {
    return call().send().certificate().orElseThrow();
  }

  /** The newest time of a signature that is taken, in whole seconds. */
  static Instant signingTime() {
    return Instant.ofEpochSecond(Instant.now().plus(AHEAD).getEpochSecond());
  }

  /** The possession header over this request, by the scene's key and with a new nonce. */
  String possession(SignedRequest request) {
    return possession(request, ca.client().origin(), RequestSignatures.USER_NAMESPACE);
  }

  /** The same for another origin or namespace. */
  String possession(SignedRequest request, String origin, String namespace) {
    try {
      return new RequestSigner(key, origin, RANDOM).header(request, namespace, signingTime());
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }

  /** The JSON body of a request that would be granted. */
  String body() {
    return JSON.writeValueAsString(
        Map.of("public_key", key.publicKey().line(), "role", TestCa.ROLE));
  }

  /** A connection that sends exactly what it is told. */
  RawHttp raw() {
    return RawHttp.to(ca.files().port());
  }

  /** The value of the Host header. */
  String authority() {
    return "127.0.0.1:" + ca.files().port();
  }

  /** A whole good request by somebody new as bytes on the wire, for a test to spoil. */
  RawRequest rawRequest() {
    String body = body();
    SignedRequest signed = new SignedRequest("POST", PATH, "application/json", Bytes.ofUtf8(body));
    return new RawRequest("POST", PATH, body)
        .header("Host", authority())
        .header("Authorization", "Bearer " + idp().token(claims()))
        .header("Content-Type", "application/json")
        .header("Daypass-Possession", possession(signed));
  }

  @Override
  public void close() {
    ca.close();
    second.close();
    single.close();
  }
}
