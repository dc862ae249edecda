package dev.daypass.oidc.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64UrlTextTest {

  /** RFC 4648 section 10, without padding. */
  @ParameterizedTest
  @CsvSource({"Zg,66", "Zm8,666f", "Zm9v,666f6f", "Zm9vYg,666f6f62", "-_8,fbff"})
  void decodesThePublishedVectors(String text, String hex) throws Exception {
    assertThat(decode(text)).isEqualTo(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "A", "AAAAA", "Zg==", "Zm8=", "Zm+v", "Zm/v", "Zm v", "Zm\nv", "Zmév", "Zm\0v"
      })
  void refusesWhatIsNotBase64Url(String text) {
    assertThatExceptionOfType(JoseFormatException.class).isThrownBy(() -> decode(text));
  }

  /** RFC 4648 section 3.5: the unused bits of the last character are zero. */
  @ParameterizedTest
  @ValueSource(strings = {"Zh", "Z_", "Zm9", "Zm-"})
  void refusesASecondSpellingOfTheSameBytes(String text) {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> decode(text))
        .withMessageContaining("canonical");
  }

  @Test
  void decodesPartsInsideALongerText() throws Exception {
    assertThat(Base64UrlText.decode("xx.Zm9v.yy", 3, 7)).asString().isEqualTo("foo");
  }

  @Test
  void agreesWithTheJdkOnEveryLength() throws Exception {
    Random random = new Random(20261121);
    for (int length = 1; length < 300; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      assertThat(decode(text)).isEqualTo(bytes);
    }
  }

  private static byte[] decode(String text) throws JoseFormatException {
    return Base64UrlText.decode(text, 0, text.length());
  }
}
