package dev.daypass.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.identity.Authentication;
import dev.daypass.identity.Authentication.Authenticated;
import dev.daypass.identity.Authentication.Refused;
import dev.daypass.identity.IdentityKind;
import dev.daypass.oidc.jose.CompactJws;
import dev.daypass.oidc.jose.JoseFormatException;
import dev.daypass.oidc.jose.JsonWebKeys;
import dev.daypass.oidc.keys.KeyRefresh;
import dev.daypass.oidc.rules.AccountSource;
import dev.daypass.oidc.rules.ClaimRules;
import dev.daypass.oidc.rules.OidcProvider;
import dev.daypass.oidc.rules.TokenRules;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever arrives as a token is refused by value: no exception, no identity, no part of it in a
 * message. A signed payload is fuzzed as well, because a provider's claims are input too.
 */
final class OidcTokenFuzzTest {
  private static final TestKey KEY = TestKey.ecdsa("k1", "ES256");
  private static final FakeIdp IDP = new FakeIdp(KEY);
  private static final TestClock CLOCK = new TestClock();
  private static final OidcTokenAuthenticator AUTHENTICATOR =
      new OidcTokenAuthenticator(
          List.of(
              new OidcProvider(
                  "ci",
                  IDP.issuer(),
                  true,
                  IdentityKind.SERVICE,
                  TokenRules.of(IdentityKind.SERVICE, "daypass"),
                  ClaimRules.username("email")
                      .withEmailDomains("example.com")
                      .withAccount(new AccountSource.LocalPart())
                      .withGroups("groups"),
                  KeyRefresh.DEFAULTS)),
          CLOCK);
  private static final String PAYLOAD =
      """
      {"iss":"%s","aud":["daypass"],"azp":"daypass","exp":%d,"iat":%d,"sub":"s-1","jti":"t",\
      "email":"alice@example.com","email_verified":true,"groups":["dba"],"amr":["mfa"],\
      "acr":"1","auth_time":%d,"nested":{"a":[1,2.5,null,"\\u00e9"]}}\
      """
          .formatted(
              IDP.issuer(),
              CLOCK.secondsFromNow(300),
              CLOCK.secondsFromNow(0),
              CLOCK.secondsFromNow(0));

  @FuzzTest
  void noTextBecomesAnIdentity(byte[] data) {
    refuses(new String(data, StandardCharsets.UTF_8));
  }

  @FuzzTest
  void noHeaderOrPayloadWithAForeignSignatureBecomesAnIdentity(byte[] data) {
    int cut = Math.min(data.length / 4, 64);
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    byte[] header = Arrays.copyOfRange(data, 0, cut);
    byte[] payload = Arrays.copyOfRange(data, cut, data.length);
    refuses(encoder.encodeToString(header) + "." + encoder.encodeToString(payload) + ".AAAA");
  }

  @FuzzTest
  void keySetsAreReadOrRefused(byte[] data) {
    try {
      assertThat(JsonWebKeys.parse(data).descriptions()).isNotEmpty();
    } catch (JoseFormatException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void theSeedItselfIsGood() {
    assertThat(AUTHENTICATOR.authenticate(KEY.token(PAYLOAD))).isInstanceOf(Authenticated.class);
  }

  @Test
  void mutatedTokensNeverThrowAndNeverPass() {
    Random random = new Random(51);
    String good = KEY.token(PAYLOAD);
    for (int round = 0; round < 5_000; round++) {
      String mutated = new String(mutated(good, random), StandardCharsets.ISO_8859_1);
      if (!mutated.equals(good)) {
        refuses(mutated);
      }
    }
  }

  @Test
  void mutatedClaimsUnderAGoodSignatureNeverThrow() {
    Random random = new Random(52);
    int identities = 0;
    for (int round = 0; round < 1_500; round++) {
      byte[] payload = mutated(PAYLOAD, random);
      String input =
          TestKey.encoded(KEY.header())
              + "."
              + Base64.getUrlEncoder().withoutPadding().encodeToString(payload);
      Authentication authentication = AUTHENTICATOR.authenticate(KEY.signed(input));
      if (authentication instanceof Authenticated authenticated) {
        identities++;
        assertThat(authenticated.identity().id().issuer()).isEqualTo(IDP.issuer());
        assertThat(authenticated.identity().verifiedEmail().orElseThrow().domain())
            .isEqualTo("example.com");
      } else {
        assertThat(authentication).isInstanceOf(Refused.class);
      }
    }
    assertThat(identities).as("mutations that change nothing of weight").isPositive();
  }

  @Test
  void mutatedKeySetsNeverThrow() {
    Random random = new Random(53);
    String set = "{\"keys\":[" + KEY.published() + "," + TestKey.rsa("r").published() + "]}";
    for (int round = 0; round < 1_000; round++) {
      keySetsAreReadOrRefused(mutated(set, random));
    }
  }

  private static void refuses(String token) {
    Authentication authentication = AUTHENTICATOR.authenticate(token);
    assertThat(authentication).isInstanceOf(Refused.class);
    if (token.length() > CompactJws.MAX_CHARS) {
      assertThat(((Refused) authentication).code()).isEqualTo("token_malformed");
    }
  }

  /** Replaces, removes, doubles or inserts a few bytes. */
  private static byte[] mutated(String text, Random random) {
    StringBuilder bytes = new StringBuilder(text);
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(bytes.length());
      char any = random.nextBoolean() ? (char) random.nextInt(256) : "{}[]\":,.0e-\\".charAt(n);
      switch (random.nextInt(4)) {
        case 0 -> bytes.setCharAt(at, any);
        case 1 -> bytes.deleteCharAt(at);
        case 2 -> bytes.insert(at, any);
        default -> bytes.insert(at, bytes.substring(at, Math.min(bytes.length(), at + 12)));
      }
    }
    return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
