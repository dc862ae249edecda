package dev.daypass.oidc.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.util.Base64URL;
import dev.daypass.oidc.TestKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonWebKeysTest {
  private static final String RSA = TestKey.rsa("r").published();
  private static final String EC = TestKey.ecdsa("e", "ES256").published();

  @ParameterizedTest
  @ValueSource(
      strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
  void verifiesEachAlgorithmAndNoOther(String name) throws Exception {
    TestKey key = name.startsWith("E") ? TestKey.ecdsa("k", name) : TestKey.rsa("k", 2048, name);
    JsonWebKeys keys = parse(key.published());
    SignatureAlgorithm algorithm = SignatureAlgorithm.named(name).orElseThrow();

    List<VerificationKey> candidates = keys.candidates(algorithm, Optional.of("k"));
    assertThat(candidates).hasSize(1);
    assertThat(CompactJws.parse(key.token("{}")).verifies(candidates.getFirst())).isTrue();
    for (SignatureAlgorithm other : SignatureAlgorithm.values()) {
      if (other != algorithm) {
        String header = "{\"alg\":\"" + other.wireName() + "\"}";
        assertThat(CompactJws.parse(key.token(header, "{}")).verifies(candidates.getFirst()))
            .as("a %s signature called %s", name, other.wireName())
            .isFalse();
      }
    }
  }

  /** RFC 7515 appendix A.2. */
  @Test
  void verifiesThePublishedRs256Example() throws Exception {
    String key =
        """
        {"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4q\
        PCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0L\
        OL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5Z\
        wKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpo\
        Q","e":"AQAB"}\
        """;
    String token =
        """
        eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm\
        NvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7A\
        AuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO\
        75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc\
        6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUP\
        QGe77Rw\
        """;

    assertVerifies(key, token, SignatureAlgorithm.RS256);
  }

  /** RFC 7515 appendix A.3. */
  @Test
  void verifiesThePublishedEs256Example() throws Exception {
    String key =
        """
        {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}\
        """;
    String token =
        """
        eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm\
        NvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSAp\
        mWQxfKTUJqPP3-Kg6NU1Q\
        """;

    assertVerifies(key, token, SignatureAlgorithm.ES256);
  }

  /** RFC 8037 appendix A.4; its payload is no JSON, so the key is asked directly. */
  @Test
  void verifiesThePublishedEd25519Example() throws Exception {
    JsonWebKeys keys =
        parse(
            """
            {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}\
            """);
    String signingInput = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    var signature =
        new Base64URL(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_Mu"
                + "M0KAg");

    for (var algorithm : List.of(SignatureAlgorithm.EDDSA, SignatureAlgorithm.ED25519)) {
      VerificationKey key = keys.candidates(algorithm, Optional.empty()).getFirst();
      assertThat(key.verifies(algorithm, ascii(signingInput), signature)).isTrue();
      assertThat(key.verifies(algorithm, ascii(signingInput + "x"), signature)).isFalse();
    }
  }

  @Test
  void findsAKeyByItsIdAndShape() throws Exception {
    JsonWebKeys keys = parse(RSA, EC);

    assertThat(keys.candidates(SignatureAlgorithm.RS256, Optional.of("r"))).hasSize(1);
    assertThat(keys.candidates(SignatureAlgorithm.RS256, Optional.of("e"))).isEmpty();
    assertThat(keys.candidates(SignatureAlgorithm.ES384, Optional.of("e"))).isEmpty();
    assertThat(keys.candidates(SignatureAlgorithm.RS256, Optional.of("../r"))).isEmpty();
    assertThat(keys.candidates(SignatureAlgorithm.RS256, Optional.of("R"))).isEmpty();
  }

  @Test
  void withoutKeyIdOnlyASingleKeyOfItsShapeIsMeant() throws Exception {
    assertThat(parse(RSA, EC).candidates(SignatureAlgorithm.RS256, Optional.empty())).hasSize(1);
    assertThat(
            parse(RSA, TestKey.rsa("r2").published())
                .candidates(SignatureAlgorithm.RS256, Optional.empty()))
        .isEmpty();
  }

  @Test
  void triesAFewKeysThatShareAnId() throws Exception {
    String[] same = Stream.generate(() -> RSA).limit(10).toArray(String[]::new);

    assertThat(parse(same).candidates(SignatureAlgorithm.RS256, Optional.of("r"))).hasSize(4);
  }

  @Test
  void aKeyThatNamesItsAlgorithmServesNoOther() throws Exception {
    JsonWebKeys keys = parse(RSA.replaceFirst("\\{", "{\"alg\":\"PS256\","));

    assertThat(keys.candidates(SignatureAlgorithm.PS256, Optional.of("r"))).hasSize(1);
    assertThat(keys.candidates(SignatureAlgorithm.RS256, Optional.of("r"))).isEmpty();
  }

  @Test
  void passesOverKeysThatCannotVerifyAndSaysWhy() throws Exception {
    String sized = TestKey.rsa("weak", 1024, "RS256").published();
    JsonWebKeys keys =
        parse(
            EC,
            sized,
            "{\"kty\":\"oct\",\"kid\":\"shared\",\"k\":\"c2VjcmV0\"}",
            EC.replace("\"sig\"", "\"enc\""),
            EC.replaceFirst("\\{", "{\"alg\":\"HS256\","),
            EC.replaceFirst("\\{", "{\"alg\":7,"),
            EC.replaceFirst("\\{", "{\"key_ops\":[\"sign\"],"),
            EC.replaceFirst("\\{", "{\"d\":\"AAAA\","),
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"off\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
            "{\"kty\":\"EC\",\"crv\":7,\"kid\":[],\"x\":{},\"y\":null}",
            "{\"kty\":\"RSA\",\"kid\":\"even\",\"n\":\"" + modulus() + "\",\"e\":\"Ag\"}",
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}",
            "{\"kty\":\"OKP\",\"crv\":\"X25519\","
                + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
            "{\"kty\":\"AKP\",\"kid\":\"\\u001b[2J\"}",
            "\"text\"",
            "null");

    assertThat(keys.descriptions()).hasSize(16);
    assertThat(keys.descriptions().getFirst()).isEqualTo("e EC");
    assertThat(keys.descriptions().subList(1, 16)).allMatch(d -> d.contains("not used: "));
    assertThat(keys.descriptions()).noneMatch(d -> d.contains("\u001b"));
    assertThat(keys.descriptions()).contains("weak RSA: not used: an RSA key of 1024 bits");
    assertThat(keys.candidates(SignatureAlgorithm.ES256, Optional.of("e"))).hasSize(1);
    assertThat(keys.candidates(SignatureAlgorithm.RS256, Optional.of("weak"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"keys\":{}}",
        "{\"keys\":null}",
        "{\"keys\":[]}",
        "{\"keys\":[{}]}",
        "{\"keys\":[],\"keys\":[]}",
        "<html>"
      })
  void refusesWhatIsNoUsableSet(String json) {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> JsonWebKeys.parse(ascii(json)));
  }

  @Test
  void refusesMoreThanAHundredKeys() {
    String keys = IntStream.range(0, 101).mapToObj(_ -> EC).collect(Collectors.joining(","));

    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> JsonWebKeys.parse(ascii("{\"keys\":[" + keys + "]}")))
        .withMessage("more than 100 keys");
  }

  private static void assertVerifies(String key, String token, SignatureAlgorithm algorithm)
      throws JoseFormatException {
    VerificationKey candidate = parse(key).candidates(algorithm, Optional.empty()).getFirst();
    assertThat(CompactJws.parse(token).verifies(candidate)).isTrue();
    assertThat(CompactJws.parse(token).payload()).containsEntry("iss", "joe");
  }

  private static String modulus() {
    return RSA.replaceFirst(".*\"n\":\"([^\"]*)\".*", "$1");
  }

  private static JsonWebKeys parse(String... keys) throws JoseFormatException {
    return JsonWebKeys.parse(ascii("{\"keys\":[" + String.join(",", keys) + "]}"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
