package dev.daypass;

import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.FakeSignIn;
import dev.daypass.oidc.TestKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * An identity provider on loopback that signs whatever claims a test wants, with RS256. {@link
 * #server()} can be told to misbehave, {@link #key()} signs what no provider would.
 */
public final class TestIdp implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long LIFETIME_SECONDS = 3600;

  private final TestKey key = TestKey.rsa("test-1");
  private final FakeIdp server = new FakeIdp(key);

  public String issuer() {
    return server.issuer();
  }

  public FakeIdp server() {
    return server;
  }

  /** Where persons sign in at it by browser. */
  public FakeSignIn signIn() {
    return server.signIn();
  }

  /** The key that it publishes. */
  public TestKey key() {
    return key;
  }

  /** The claims of a good token of a person, for a test to change. */
  public Map<String, Object> claims(String email, String... groups) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer());
    claims.put("aud", "daypass");
    claims.put("sub", "subject-of-" + email);
    claims.put("email", email);
    claims.put("email_verified", true);
    claims.put("groups", List.of(groups));
    claims.put("iat", now);
    claims.put("auth_time", now);
    claims.put("exp", now + LIFETIME_SECONDS);
    claims.put("jti", UUID.randomUUID().toString());
    return claims;
  }

  /** A token with these claims, signed, whatever they say. */
  public String token(Map<String, Object> claims) {
    return key.token(JSON.writeValueAsString(claims));
  }

  /** A good token of that person, who is in these groups. */
  public String token(String email, String... groups) {
    return token(claims(email, groups));
  }

  @Override
  public void close() {
    server.close();
  }
}
