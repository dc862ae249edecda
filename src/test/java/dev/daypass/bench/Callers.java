package dev.daypass.bench;

import dev.daypass.login.RequestSignatures;
import dev.daypass.login.RequestSigner;
import dev.daypass.login.SignedRequest;
import dev.daypass.oidc.TestKey;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Many persons, each with a token of the identity provider, and a login key of its own for each
 * request of a round.
 */
final class Callers {
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
  private static final String PATH = "/v1/certificates";
  private static final String JSON = "application/json";

  private final String authority;
  private final List<String> tokens;
  private final List<OpenSshPrivateKey> keys;
  private final RandomGenerator random = new SecureRandom();

  /**
   * @param authority the daemon's host and port
   * @param provider the key that the identity provider signs with
   */
  Callers(String authority, TestKey provider, String issuer, int persons, int keys) {
    this.authority = authority;
    Instant now = Instant.now();
    this.tokens =
        IntStream.range(0, persons)
            .parallel()
            .mapToObj(person -> provider.token(claims(issuer, person, now)))
            .toList();
    this.keys =
        IntStream.range(0, keys)
            .mapToObj(_ -> OpenSshPrivateKey.generate(SshKeyType.ED25519))
            .toList();
  }

  /** The bytes of a request for each key, signed now. */
  List<byte[]> requests() throws SigningException {
    byte[][] requests = new byte[keys.size()][];
    for (int i = 0; i < requests.length; i++) {
      requests[i] = request(keys.get(i), tokens.get(i % tokens.size()));
    }
    return List.of(requests);
  }

  /** The heads of these requests, for a route that takes no body. */
  static List<byte[]> heads(List<byte[]> requests, String path) {
    return requests.stream().map(request -> head(request, path)).toList();
  }

  private static byte[] head(byte[] request, String path) {
    String text = new String(request, StandardCharsets.US_ASCII);
    String fields = text.substring(text.indexOf("\r\n"), text.indexOf("Content-Type:"));
    return ("GET " + path + " HTTP/1.1" + fields + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] request(OpenSshPrivateKey key, String token) throws SigningException {
    String body =
        """
        {"public_key":"%s","role":"prod-db-debug","ttl":"30m","reason":"INC-4711",\
        "hosts":["db-1.prod.example.com"]}\
        """
            .formatted(key.publicKey().line());
    String possession =
        new RequestSigner(key, "http://" + authority, random)
            .header(
                new SignedRequest("POST", PATH, JSON, Bytes.ofUtf8(body)),
                RequestSignatures.USER_NAMESPACE,
                Instant.now());
    String request =
        "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nDaypass-Possession: %s\r\n"
                .formatted(PATH, authority, token, possession)
            + "Content-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(JSON, body.length(), body);
    return request.getBytes(StandardCharsets.US_ASCII);
  }

  /** What a provider's ID token usually holds. */
  private static String claims(String issuer, int person, Instant now) {
    return """
    {"iss":"%s","sub":"00u%08x","aud":"daypass","iat":%d,"exp":%d,"auth_time":%d,\
    "jti":"ID.%08x","amr":["pwd","mfa"],"email":"person-%d@example.com","email_verified":true,\
    "name":"Person %d","groups":["everyone","dba","engineering"]}\
    """
        .formatted(
            issuer,
            person,
            now.getEpochSecond(),
            now.plus(TOKEN_LIFETIME).getEpochSecond(),
            now.getEpochSecond(),
            person,
            person,
            person);
  }
}
