package dev.daypass.oidc.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.oidc.TestKey;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompactJwsTest {
  private static final TestKey KEY = TestKey.rsa("k1");
  private static final String PAYLOAD = "{\"iss\":\"https://idp.example.com\",\"sub\":\"alice\"}";

  @Test
  void readsHeaderAndPayload() throws Exception {
    CompactJws token = CompactJws.parse(KEY.token(PAYLOAD));

    assertThat(token.header().algorithm()).contains(SignatureAlgorithm.RS256);
    assertThat(token.header().keyId()).contains("k1");
    assertThat(token.header().type()).contains("JWT");
    assertThat(token.payload()).containsEntry("sub", "alice").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "HS256", "HS512", "rs256", "RS256 ", "RSA-OAEP", ""})
  void knowsNoAlgorithmButItsOwn(String name) throws Exception {
    CompactJws token = CompactJws.parse(KEY.token("{\"alg\":\"" + name + "\"}", PAYLOAD));

    assertThat(token.header().algorithm()).isEmpty();
    assertThat(token.verifies(verifying(KEY))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[\"exp\"]",
        "\"crit\":[]",
        "\"b64\":false",
        "\"b64\":true",
        "\"jku\":\"https://evil.example.com/keys\"",
        "\"jwk\":{\"kty\":\"RSA\"}",
        "\"x5u\":\"https://evil.example.com/cert\"",
        "\"x5c\":[\"MIIB\"]",
        "\"zip\":\"DEF\"",
        "\"enc\":\"A256GCM\"",
        "\"p2c\":2147483647",
        "\"epk\":{}",
        "\"cty\":\"JWT\"",
        "\"kid\":7",
        "\"kid\":null",
        "\"kid\":[\"k1\"]",
        "\"typ\":1",
        "\"alg\":\"RS256\""
      })
  void refusesHeaderMembersThatChangeTheMeaning(String member) {
    String header = "{\"alg\":\"RS256\"," + member + "}";

    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> CompactJws.parse(KEY.token(header, PAYLOAD)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"alg\":null}", "{\"alg\":1}", "{\"alg\":[\"RS256\"]}", "[]", "1"})
  void refusesHeadersWithoutAlgorithm(String header) {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> CompactJws.parse(KEY.token(header, PAYLOAD)));
  }

  @Test
  void refusesKeyIdsOfMoreThan256Characters() throws Exception {
    String header = "{\"alg\":\"RS256\",\"kid\":\"%s\"}";

    assertThat(
            CompactJws.parse(KEY.token(header.formatted("k".repeat(256)), PAYLOAD))
                .header()
                .keyId())
        .isPresent();
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> CompactJws.parse(KEY.token(header.formatted("k".repeat(257)), PAYLOAD)));
  }

  @Test
  void refusesAnyNumberOfPartsButThree() {
    String good = KEY.token(PAYLOAD);
    String[] parts = good.split("\\.", -1);

    for (String bad :
        new String[] {
          "",
          ".",
          "..",
          "...",
          parts[0],
          parts[0] + "." + parts[1],
          parts[0] + "." + parts[1] + ".",
          "." + parts[1] + "." + parts[2],
          parts[0] + ".." + parts[2],
          good + ".",
          good + "." + parts[2],
          // Five parts: an encrypted token (RFC 7516 section 3.1).
          parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[1] + "." + parts[2],
          good + " ",
          " " + good,
          good + "\n",
          good + "=",
          // The JSON serialization with two signatures (RFC 7515 section 7.2).
          "{\"payload\":\"" + parts[1] + "\",\"signatures\":[{},{}]}"
        }) {
      assertThatExceptionOfType(JoseFormatException.class)
          .as(bad)
          .isThrownBy(() -> CompactJws.parse(bad));
    }
  }

  @Test
  void refusesTokensOfMoreThan16KiBUnread() {
    String payload = "{\"x\":\"" + "y".repeat(13_000) + "\"}";

    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> CompactJws.parse(KEY.token(payload)))
        .withMessageContaining("longer than");
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> CompactJws.parse(".".repeat(1 << 20)))
        .withMessageContaining("longer than");
  }

  @Test
  void verifiesOnlyWhatWasSigned() throws Exception {
    String good = KEY.token(PAYLOAD);
    VerificationKey key = verifying(KEY);
    int dot = good.indexOf('.');

    assertThat(CompactJws.parse(good).verifies(key)).isTrue();
    String other = TestKey.encoded("{\"iss\":\"https://idp.example.com\",\"sub\":\"mallory\"}");
    String swapped = good.substring(0, dot + 1) + other + good.substring(good.lastIndexOf('.'));
    assertThat(CompactJws.parse(swapped).verifies(key)).isFalse();
    assertThat(CompactJws.parse(good).verifies(verifying(TestKey.rsa("k1")))).isFalse();
  }

  @Test
  void noSingleCharacterOfATokenCanBeReplaced() throws Exception {
    TestKey signing = TestKey.ecdsa("e", "ES256");
    String good = signing.token("{\"a\":1}");
    VerificationKey key = verifying(signing);
    for (int i = 0; i < good.length(); i++) {
      char other = good.charAt(i) == 'A' ? 'B' : 'A';
      String changed = good.substring(0, i) + other + good.substring(i + 1);
      assertThat(verifies(changed, key)).as("character %d", i).isFalse();
    }
  }

  @Test
  void mutatedTokensAreRefusedOrUnchanged() throws Exception {
    String good = KEY.token(PAYLOAD);
    VerificationKey key = verifying(KEY);
    Random random = new Random(45);
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = good.getBytes(StandardCharsets.ISO_8859_1);
      for (int n = random.nextInt(3); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String changed = new String(bytes, StandardCharsets.ISO_8859_1);
      assertThat(verifies(changed, key)).as(changed).isEqualTo(changed.equals(good));
    }
  }

  @Test
  void itsTextFormTellsNothing() throws Exception {
    assertThat(CompactJws.parse(KEY.token(PAYLOAD)).toString()).doesNotContain("alice");
  }

  private static boolean verifies(String token, VerificationKey key) {
    try {
      return CompactJws.parse(token).verifies(key);
    } catch (JoseFormatException e) {
      return false;
    }
  }

  private static VerificationKey verifying(TestKey key) throws JoseFormatException {
    return VerificationKey.of(key.jwk().toPublicJWK());
  }
}
