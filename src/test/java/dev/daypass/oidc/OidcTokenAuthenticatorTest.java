package dev.daypass.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.daypass.identity.Authentication;
import dev.daypass.identity.Authentication.Authenticated;
import dev.daypass.identity.Authentication.Refused;
import dev.daypass.identity.Authentication.Unavailable;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.oidc.FakeIdp.Mood;
import dev.daypass.oidc.jose.SignatureAlgorithm;
import dev.daypass.oidc.keys.KeyRefresh;
import dev.daypass.oidc.rules.ClaimRules;
import dev.daypass.oidc.rules.OidcProvider;
import dev.daypass.oidc.rules.TokenRules;
import dev.daypass.oidc.rules.TokenRules.TokenUse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CASES 45 to 54 at the entry point. */
@Timeout(60)
final class OidcTokenAuthenticatorTest {
  private static final TestKey KEY = TestKey.rsa("k1");
  private static final TestKey OTHER_KEY = TestKey.rsa("k1");

  private final TestClock clock = new TestClock();
  private final FakeIdp idp = new FakeIdp(KEY);
  private final List<OidcTokenAuthenticator> opened = new ArrayList<>();
  private final OidcTokenAuthenticator authenticator = authenticator(rules -> rules);

  @AfterEach
  void close() {
    opened.forEach(OidcTokenAuthenticator::close);
    idp.close();
  }

  @Test
  void aGoodTokenMakesAnIdentity() {
    Authentication authentication = authenticator.authenticate(KEY.token(good()));

    assertThat(authentication)
        .isInstanceOfSatisfying(
            Authenticated.class,
            a -> {
              assertThat(a.expiresAt()).contains(Instant.ofEpochSecond(clock.secondsFromNow(300)));
              Identity identity = a.identity();
              assertThat(identity.id()).isEqualTo(new IdentityId(idp.issuer(), "s-1"));
              assertThat(identity.provider()).isEqualTo("idp");
              assertThat(identity.username()).hasToString("runner");
              assertThat(identity.kind()).isEqualTo(IdentityKind.SERVICE);
              assertThat(identity.loginMethod()).isEqualTo("bearer");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"alg":"none"}                                          | token_algorithm
          {"alg":"None","kid":"k1"}                               | token_algorithm
          {"alg":"HS256","kid":"k1"}                              | token_algorithm
          {"alg":"RS512","kid":"k1"}                              | token_algorithm
          {"alg":"PS256","kid":"k1"}                              | token_signature
          {"alg":"ES256","kid":"k1"}                              | token_key_unknown
          {"alg":"RS256","kid":"k2"}                              | token_key_unknown
          {"alg":"RS256","kid":"../../etc/passwd"}                | token_key_unknown
          {"alg":"RS256","kid":"k1' OR 1=1"}                      | token_key_unknown
          {"alg":"RS256","kid":"k1","jku":"https://evil.example"} | token_malformed
          {"alg":"RS256","kid":"k1","x5u":"https://evil.example"} | token_malformed
          {"alg":"RS256","kid":"k1","jwk":{"kty":"RSA"}}          | token_malformed
          {"alg":"RS256","kid":"k1","crit":["exp"]}               | token_malformed
          {"alg":"RS256","kid":"k1","b64":false,"crit":["b64"]}   | token_malformed
          {"alg":"RS256","kid":"k1","zip":"DEF"}                  | token_malformed
          {"alg":"RS256","alg":"none"}                            | token_malformed
          {"alg":"PBES2-HS256+A128KW","p2c":2147483647}           | token_malformed
          {"alg":"RSA-OAEP","enc":"A256GCM"}                      | token_malformed
          {"alg":"RS256","kid":"k1","typ":"at+jwt"}               | token_type
          {"alg":"RS256","kid":"k1","typ":"application/at+jwt"}   | token_type
          {"alg":"RS256","kid":"k1","typ":"logout+jwt"}           | token_type
          {"alg":"RS256","kid":"k1","typ":"dpop+jwt"}             | token_type
          {"alg":"RS256","kid":"k1","typ":""}                     | token_type
          """)
  void refusesHeaders(String header, String code) {
    // PS256 is accepted of the provider, and this is a PKCS #1 v1.5 signature.
    assertRefused(authenticator.authenticate(KEY.token(header, good())), code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          iss | "https://evil.example.com"                   | token_issuer
          iss | "ISSUER/"                                    | token_issuer
          iss | " ISSUER"                                    | token_issuer
          iss | ["ISSUER"]                                   | token_issuer
          iss | null                                         | token_issuer
          iss |                                              | token_issuer
          aud | "other"                                      | token_audience
          aud | "DAYPASS"                                    | token_audience
          aud | "daypass "                                   | token_audience
          aud | []                                           | token_audience
          aud | ["other"]                                    | token_audience
          aud | ["daypass","other"]                          | token_audience
          aud | ["daypass","daypass"]                        | token_audience
          aud | ["daypass","other"],"azp":"other"            | token_audience
          aud | "daypass","azp":"other"                      | token_audience
          aud | "daypass","azp":["daypass"]                  | token_claims
          aud | "daypass","azp":null                         | token_claims
          aud |                                              | token_audience
          aud | null                                         | token_claims
          aud | 7                                            | token_claims
          aud | {"daypass":true}                             | token_claims
          aud | ["daypass",7]                                | token_claims
          aud | [["daypass"]]                                | token_claims
          exp | NOW-31                                       | token_expired
          exp | 0                                            | token_expired
          exp | -1                                           | token_claims
          exp | "NOW+300"                                    | token_claims
          exp | NOW+300.5                                    | token_claims
          exp | NOW+300.0                                    | token_claims
          exp | 1e308                                        | token_claims
          exp | 2e9                                          | token_claims
          exp | 1e999                                        | token_malformed
          exp | 99999999999999999999                         | token_malformed
          exp | 9223372036854775807                          | token_claims
          exp | null                                         | token_claims
          exp | true                                         | token_claims
          exp | [NOW+300]                                    | token_claims
          exp |                                              | token_claims
          nbf | NOW+32                                       | token_not_yet_valid
          nbf | "NOW"                                        | token_claims
          iat | NOW+86400                                    | token_not_yet_valid
          iat | NOW.5                                        | token_claims
          iat | null                                         | token_claims
          auth_time | NOW+3600                               | token_not_yet_valid
          auth_time | "NOW"                                  | token_claims
          typ | "Bearer"                                     | token_type
          typ | "Refresh"                                    | token_type
          typ | "Logout"                                     | token_type
          typ | 7                                            | token_claims
          token_use | "access"                               | token_type
          events | {}                                        | token_type
          cnf | {"jkt":"x"}                                  | token_bound
          sub |                                              | claim_invalid
          sub | ""                                           | claim_invalid
          sub | 7                                            | claim_invalid
          sub | ["s-1"]                                      | claim_invalid
          sub | "s-1","sub":"s-2"                            | token_malformed
          sub | "s-1","s\\u0075b":"s-2"                      | token_malformed
          sub | "\\ud800"                                    | token_malformed
          """)
  void refusesClaims(String name, String value, String code) {
    assertRefused(authenticator.authenticate(KEY.token(with(name, value))), code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          aud | ["daypass"]
          aud | "daypass","azp":"daypass"
          aud | ["daypass","other"],"azp":"daypass"
          exp | NOW-29
          nbf | NOW+29
          iat | NOW+29
          iat |
          typ | "ID"
          token_use | "id"
          """)
  void acceptsClaims(String name, String value) {
    assertThat(authenticator.authenticate(KEY.token(with(name, value))))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  void tellsWhomAGoodTokenNamesEvenIfNotAdmitted() {
    IdentityId known = new IdentityId(idp.issuer(), "s-1");
    String payload = with("username", "\"  \"");

    assertThat(authenticator.authenticate(KEY.token(payload)))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.who()).contains(known));
    assertThat(authenticator.authenticate(OTHER_KEY.token(payload)))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.who()).isEmpty());
  }

  @Test
  void refusesAPublicKeyUsedAsSharedSecret() throws Exception {
    byte[] secret = ((RSAKey) KEY.jwk()).toRSAPublicKey().getEncoded();
    String input = TestKey.encoded("{\"alg\":\"HS256\",\"kid\":\"k1\"}") + "." + encoded(good());
    String mac =
        new MACSigner(secret)
            .sign(new JWSHeader(JWSAlgorithm.HS256), input.getBytes(StandardCharsets.US_ASCII))
            .toString();

    assertRefused(authenticator.authenticate(input + "." + mac), "token_algorithm");
  }

  @Test
  void refusesASignatureOfAnotherKeyOfTheSameName() {
    assertRefused(authenticator.authenticate(OTHER_KEY.token(good())), "token_signature");
  }

  @Test
  void refusesAnEmptySignature() {
    String token = KEY.token(good());

    assertRefused(
        authenticator.authenticate(token.substring(0, token.lastIndexOf('.') + 1)),
        "token_malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "...", "Bearer x.y.z", "a.b.c", "\u0000", "\ud800", "é.é.é"})
  void refusesWhatIsNoToken(String text) {
    assertRefused(authenticator.authenticate(text), "token_malformed");
  }

  @Test
  void refusesDepthAndSize() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);

    assertRefused(authenticator.authenticate(KEY.token(with("x", deep))), "token_malformed");
    assertRefused(authenticator.authenticate("a".repeat(1 << 20)), "token_malformed");
    assertRefused(
        authenticator.authenticate(KEY.token(with("x", '"' + "y".repeat(1 << 20) + '"'))),
        "token_malformed");
  }

  @Test
  void noMessageHoldsAnythingOfTheToken() {
    String[] names = {"iss", "aud", "azp", "exp", "iat", "typ", "sub", "username"};
    for (String name : names) {
      for (String value : List.of("\"hunter2\"", "[\"hunter2\"]", "{\"hunter2\":1}")) {
        Authentication authentication = authenticator.authenticate(KEY.token(with(name, value)));
        if (authentication instanceof Refused refused) {
          assertThat(refused.toString()).doesNotContain("hunter2");
          assertThat(refused.remedy()).isNotBlank();
        }
      }
    }
  }

  @Test
  void anAccessTokenIsTakenWhereTheProviderIsConfiguredForIt() {
    var access = authenticator(rules -> rules.withUse(TokenUse.ACCESS_TOKEN));
    String header = "{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"at+jwt\"}";

    assertThat(access.authenticate(KEY.token(header, good()))).isInstanceOf(Authenticated.class);
    assertThat(access.authenticate(KEY.token(with("typ", "\"Bearer\""))))
        .isInstanceOf(Authenticated.class);
    assertRefused(access.authenticate(KEY.token(good())), "token_type");
    assertRefused(access.authenticate(KEY.token(with("typ", "\"ID\""))), "token_type");
  }

  @Test
  void onlyTheAlgorithmsOfTheListAreTaken() {
    var elliptic = authenticator(r -> r.withAlgorithms(Set.of(SignatureAlgorithm.ES256)));

    assertRefused(elliptic.authenticate(KEY.token(good())), "token_algorithm");
  }

  @Test
  void personsSendNoTokensUnlessTheProviderAllowsIt() {
    assertThat(TokenRules.of(IdentityKind.PERSON, "daypass").bearer()).isFalse();
    assertThat(TokenRules.of(IdentityKind.SERVICE, "daypass").bearer()).isTrue();
    assertRefused(
        authenticator(rules -> rules.withBearer(false)).authenticate(KEY.token(good())),
        "token_not_accepted");
    assertThat(idp.keyRequests()).isZero();
  }

  @Test
  void aSingleUseTokenIsTakenOnce() {
    var once = authenticator(rules -> rules.withSingleUse(true));
    clock.advance(Duration.ofSeconds(5));

    String first = KEY.token(with("jti", "\"t-1\""));
    assertThat(once.authenticate(first)).isInstanceOf(Authenticated.class);
    assertRefused(once.authenticate(first), "token_replayed");
    assertRefused(once.authenticate(KEY.token(with("jti", "\"t-1\",\"x\":1"))), "token_replayed");
    assertThat(once.authenticate(KEY.token(with("jti", "\"t-2\""))))
        .isInstanceOf(Authenticated.class);
    for (String jti : new String[] {null, "null", "7", "\"\"", "\"" + "j".repeat(257) + "\""}) {
      assertRefused(once.authenticate(KEY.token(with("jti", jti))), "token_claims");
    }
  }

  @Test
  void ofParallelUsesExactlyOneSucceeds() throws Exception {
    var once = authenticator(rules -> rules.withSingleUse(true));
    clock.advance(Duration.ofSeconds(5));
    String token = KEY.token(with("jti", "\"t-1\""));
    Callable<Authentication> use = () -> once.authenticate(token);

    List<Authentication> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(Stream.generate(() -> use).limit(50).toList())) {
        all.add(result.get());
      }
    }

    assertThat(all).filteredOn(Authenticated.class::isInstance).hasSize(1);
    assertThat(all).filteredOn(Refused.class::isInstance).hasSize(49);
  }

  @Test
  void aSingleUseTokenFromBeforeTheStartIsRefused() {
    String token = KEY.token(with("jti", "\"t-1\""));
    var once = authenticator(rules -> rules.withSingleUse(true));
    clock.advance(Duration.ofSeconds(5));

    assertRefused(once.authenticate(token), "token_restarted");
    assertRefused(
        once.authenticate(KEY.token(with("jti", "\"t-2\"").replaceFirst("\"iat\":\\d+,", ""))),
        "token_restarted");
  }

  @Test
  void aRefusedTokenIsNotUsedUp() {
    var once = authenticator(rules -> rules.withSingleUse(true));
    clock.advance(Duration.ofSeconds(5));
    String payload = with("jti", "\"t-1\"");

    assertRefused(once.authenticate(OTHER_KEY.token(payload)), "token_signature");
    assertThat(once.authenticate(KEY.token(payload))).isInstanceOf(Authenticated.class);
  }

  @Test
  void aProviderThatIsDownMakesTokensUnavailableAndNotWrong() {
    idp.behave(Mood.STATUS_500);

    assertThat(authenticator.authenticate(KEY.token(good())))
        .isEqualTo(
            new Unavailable("Identity provider \"idp\": its keys: answered with status 500."));
  }

  @Test
  void knownKeysOutliveTheProvider() {
    assertThat(authenticator.authenticate(KEY.token(good()))).isInstanceOf(Authenticated.class);
    idp.close();
    clock.advance(Duration.ofHours(23));

    assertThat(authenticator.authenticate(KEY.token(good()))).isInstanceOf(Authenticated.class);
    clock.advance(Duration.ofHours(1));
    assertThat(authenticator.authenticate(KEY.token(good()))).isInstanceOf(Unavailable.class);
  }

  @Test
  void aRemovedKeyIsRejectedWithinFiveMinutes() {
    assertThat(authenticator.authenticate(KEY.token(good()))).isInstanceOf(Authenticated.class);
    idp.publish(TestKey.rsa("k2"));
    clock.advance(Duration.ofMinutes(5));

    assertRefused(authenticator.authenticate(KEY.token(good())), "token_key_unknown");
  }

  @Test
  void aTokenThatWasGoodExpiresLikeAnyOther() {
    String token = KEY.token(good());
    assertThat(authenticator.authenticate(token)).isInstanceOf(Authenticated.class);
    assertThat(authenticator.authenticate(token)).isInstanceOf(Authenticated.class);
    clock.advance(Duration.ofMinutes(6));

    assertRefused(authenticator.authenticate(token), "token_expired");
  }

  @Test
  void aTokenThatWasGoodFallsWithItsKey() {
    String token = KEY.token(with("exp", Long.toString(clock.secondsFromNow(3600))));
    assertThat(authenticator.authenticate(token)).isInstanceOf(Authenticated.class);
    assertThat(authenticator.authenticate(token)).isInstanceOf(Authenticated.class);
    idp.publish(OTHER_KEY); // of the same name
    clock.advance(Duration.ofMinutes(5));

    assertRefused(authenticator.authenticate(token), "token_signature");
  }

  @Test
  void anExpiredOrForeignTokenMakesNobodyFetchAnything() {
    assertRefused(authenticator.authenticate(KEY.token(with("exp", "0"))), "token_expired");
    assertRefused(
        authenticator.authenticate(KEY.token(with("iss", "\"http://127.0.0.1:1\""))),
        "token_issuer");
    assertThat(idp.discoveries()).isZero();
  }

  @Test
  void warmsUpBeforeTheFirstToken() {
    authenticator.warmUp();
    assertThat(authenticator.authenticate(KEY.token(good()))).isInstanceOf(Authenticated.class);
    assertThat(idp.keyRequests()).isEqualTo(1);
  }

  @Test
  void oneProviderCannotSpeakForAnother() {
    TestKey second = TestKey.ecdsa("k1", "ES256");
    try (FakeIdp other = new FakeIdp(second)) {
      var both = open(List.of(provider("idp", idp.issuer()), provider("ci", other.issuer())));

      assertRefused(both.authenticate(second.token(good())), "token_key_unknown");
      String own = good().replace(idp.issuer(), other.issuer());
      assertThat(both.authenticate(second.token(own))).isInstanceOf(Authenticated.class);
      assertRefused(both.authenticate(KEY.token(own)), "token_key_unknown");
    }
  }

  @Test
  void providersDifferInNameAndIssuer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(List.of(provider("a", idp.issuer()), provider("b", idp.issuer()))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> open(List.of(provider("a", idp.issuer()), provider("a", "https://b.example"))));
  }

  private OidcTokenAuthenticator authenticator(UnaryOperator<TokenRules> change) {
    OidcProvider plain = provider("idp", idp.issuer());
    return open(
        List.of(
            new OidcProvider(
                plain.name(),
                plain.issuer(),
                true,
                plain.kind(),
                change.apply(plain.tokens()),
                plain.claims(),
                plain.keys())));
  }

  private OidcTokenAuthenticator open(List<OidcProvider> providers) {
    OidcTokenAuthenticator created = new OidcTokenAuthenticator(providers, clock);
    opened.add(created);
    return created;
  }

  private static OidcProvider provider(String name, String issuer) {
    return new OidcProvider(
        name,
        issuer,
        false,
        IdentityKind.SERVICE,
        TokenRules.of(IdentityKind.SERVICE, "daypass"),
        ClaimRules.username("username"),
        KeyRefresh.DEFAULTS);
  }

  private String good() {
    return with("x", "1");
  }

  /** The good payload with one claim replaced by what is given, or left out. */
  private String with(String name, String value) {
    StringBuilder payload = new StringBuilder("{");
    for (String[] claim :
        new String[][] {
          {"iss", '"' + idp.issuer() + '"'},
          {"aud", "\"daypass\""},
          {"exp", String.valueOf(clock.secondsFromNow(300))},
          {"iat", String.valueOf(clock.secondsFromNow(0))},
          {"sub", "\"s-1\""},
          {"username", "\"runner\""}
        }) {
      if (!claim[0].equals(name)) {
        payload.append('"').append(claim[0]).append("\":").append(claim[1]).append(',');
      }
    }
    if (value != null) {
      payload.append('"').append(name).append("\":").append(filled(value)).append(',');
    }
    return payload.append("\"end\":0}").toString();
  }

  private String filled(String value) {
    String filled = value.replace("ISSUER", idp.issuer());
    for (long offset : new long[] {300, 86_400, 3_600, 32, 29, -29, -31}) {
      String mark = "NOW" + (offset < 0 ? "" : "+") + offset;
      filled = filled.replace(mark, String.valueOf(clock.secondsFromNow(offset)));
    }
    return filled.replace("NOW", String.valueOf(clock.secondsFromNow(0)));
  }

  private static String encoded(String text) {
    return TestKey.encoded(text);
  }

  private static void assertRefused(Authentication authentication, String code) {
    assertThat(authentication)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void onePrimaryProviderAtMost() {
    OidcProvider plain =
        new OidcProvider(
            "a",
            "https://a.example",
            false,
            IdentityKind.PERSON,
            TokenRules.of(IdentityKind.PERSON, "daypass"),
            ClaimRules.username("sub"),
            KeyRefresh.DEFAULTS);
    OidcProvider primary =
        new OidcProvider(
            "b",
            "https://b.example",
            true,
            plain.kind(),
            plain.tokens(),
            plain.claims(),
            plain.keys());
    assertThat(OidcTokenAuthenticator.names(List.of(plain, primary)))
        .containsExactlyInAnyOrder("a", "b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OidcTokenAuthenticator.names(List.of(primary, primary)));
  }
}
