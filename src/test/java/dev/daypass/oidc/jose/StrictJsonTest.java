package dev.daypass.oidc.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {

  @Test
  void readsEachKindOfValue() throws Exception {
    Map<String, Object> read =
        object(
            """
            {"s":"x","t":true,"f":false,"n":null,"i":-7,"l":9223372036854775807,"d":1.5,
             "a":["x",1,[true]],"o":{"k":"v"}}
            """);

    assertThat(read)
        .containsEntry("s", "x")
        .containsEntry("t", true)
        .containsEntry("f", false)
        .containsEntry("n", JsonNull.NULL)
        .containsEntry("i", -7L)
        .containsEntry("l", Long.MAX_VALUE)
        .containsEntry("d", 1.5)
        .containsEntry("a", List.of("x", 1L, List.of(true)))
        .containsEntry("o", Map.of("k", "v"));
  }

  @Test
  void keepsIntegersAndFloatsApart() throws Exception {
    assertThat(object("{\"a\":1,\"b\":1.0,\"c\":1e0}"))
        .containsEntry("a", 1L)
        .containsEntry("b", 1.0)
        .containsEntry("c", 1.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":\"a\",\"sub\":\"b\"}",
        "{\"sub\":\"a\",\"s\\u0075b\":\"b\"}",
        "{\"o\":{\"k\":1,\"k\":1}}",
        "{\"a\":[{\"k\":1,\"k\":2}]}"
      })
  void refusesOneNameTwice(String json) {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> object(json))
        .withMessage("a name stands twice in one object")
        .satisfies(e -> assertThat(e.offset()).isPositive());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\\ud800x\"}",
        "{\"a\":\"x\\udc00\\ud800\"}"
      })
  void refusesUnpairedSurrogates(String json) {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> object(json))
        .withMessage("an unpaired surrogate");
  }

  @Test
  void refusesUnpairedSurrogatesInNames() {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> object("{\"\\ud83d\":1}"));
  }

  @Test
  void readsPairedSurrogates() throws Exception {
    assertThat(object("{\"a\":\"\\ud83d\\ude00\",\"b\":\"\uD83D\uDE00\"}"))
        .containsEntry("a", "\uD83D\uDE00")
        .containsEntry("b", "\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "\"x\"",
        "null",
        "1",
        "{",
        "{}x",
        "{} {}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":\"x",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":tru}",
        "{\"a\":[1,]}",
        "/* c */{}",
        "{}//c",
        "\uFEFF{}"
      })
  void refusesWhatIsNoJsonObject(String json) {
    assertThatExceptionOfType(JoseFormatException.class).isThrownBy(() -> object(json));
  }

  @Test
  void refusesIntegersBeyondLong() {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> object("{\"a\":9223372036854775808}"))
        .withMessage("an integer beyond 64 bits");
  }

  @Test
  void refusesNumbersBeyondDouble() {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> object("{\"a\":1e999}"))
        .withMessage("a number beyond double precision");
  }

  @Test
  void refusesNumbersOfManyDigits() {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> object("{\"a\":0." + "1".repeat(100) + "}"));
  }

  @Test
  void readsSixteenLevelsAndNoMore() throws Exception {
    assertThat(object("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}")).containsKey("a");
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> object("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}"));
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> object("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)));
  }

  @Test
  void refusesInvalidUtf8() {
    List<byte[]> invalid =
        List.of(
            new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            // An overlong slash, and a surrogate encoded by itself (RFC 3629 section 3).
            new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'},
            new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'});

    assertThat(invalid)
        .allSatisfy(bytes ->
            assertThatExceptionOfType(JoseFormatException.class)
                .isThrownBy(() -> StrictJson.object(bytes))
                .withMessage("not UTF-8"));
  }

  @Test
  void messagesNeverQuoteTheInput() {
    assertThatExceptionOfType(JoseFormatException.class)
        .isThrownBy(() -> object("{\"a\": hunter2 }"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void whatIsReadCannotBeChanged() throws Exception {
    Map<String, Object> read = object("{\"o\":{},\"a\":[]}");

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> read.put("x", 1L));
  }

  private static Map<String, Object> object(String json) throws JoseFormatException {
    return StrictJson.object(json.getBytes(StandardCharsets.UTF_8));
  }
}
