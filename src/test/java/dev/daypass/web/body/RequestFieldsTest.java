package dev.daypass.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daypass.web.body.RequestFields.MediaType;
import dev.daypass.web.body.RequestShape.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestFieldsTest {
  private static final RequestShape SHAPE =
      RequestShape.of(Map.of("a", Kind.TEXT, "l", Kind.TEXTS, "o.b", Kind.TEXT, "o.m", Kind.TEXTS));

  @Test
  void readsJson() throws BodyRefused {
    RequestFields fields = json("{\"a\":\"x\",\"l\":[\"1\",\"2\"],\"o\":{\"b\":\"y\",\"m\":[]}}");
    assertThat(fields.text("a")).contains("x");
    assertThat(fields.texts("l")).contains(List.of("1", "2"));
    assertThat(fields.text("o.b")).contains("y");
    assertThat(fields.texts("o.m")).contains(List.of());
  }

  @Test
  void readsForms() throws BodyRefused {
    RequestFields fields = form("a=x+%2B%c3%a9&l=1&b=y&l=2");
    assertThat(fields.text("a")).contains("x +\u00e9");
    assertThat(fields.texts("l")).contains(List.of("1", "2"));
    assertThat(fields.text("o.b")).contains("y");
    assertThat(fields.texts("o.m")).isEmpty();
    assertThat(form("").text("a")).isEmpty();
  }

  @Test
  void requiresWhatIsRequired() throws BodyRefused {
    RequestFields empty = json("{}");
    assertThatThrownBy(() -> empty.required("a")).hasMessageStartingWith("missing_member: a ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x=1",
        "o=1",
        "o.b=1",
        "A=1",
        "=1",
        "a",
        "a=1&a=2",
        "&a=1",
        "a=%",
        "a=%4",
        "a=%zz",
        "a=%ff",
        "a=%ed%a0%80",
        "a=%c0%ae",
        "b=1&b=2"
      })
  void refusesForms(String body) {
    assertThatThrownBy(() -> form(body)).isInstanceOf(BodyRefused.class);
  }

  @Test
  void refusesAFormWithTooManyMembers() {
    assertThatThrownBy(() -> form("l=1&".repeat(257))).hasMessageStartingWith("invalid_form");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"x\",}|invalid_json",
        "{'a':'x'}|invalid_json",
        "{a:\"x\"}|invalid_json",
        "{\"a\":\"x\"} //|invalid_json",
        "{\"a\":NaN}|invalid_json",
        "{\"a\":\"x\"|invalid_json",
        "{\"a\":\"\t\"}|invalid_json",
        "{\"a\":\"\\x\"}|invalid_json",
        "\"a\"|invalid_json",
        "null|invalid_json",
        "{\"a\":true}|wrong_type",
        "{\"a\":{}}|wrong_type",
        "{\"l\":[[\"x\"]]}|wrong_type",
        "{\"l\":[null]}|wrong_type",
        "{\"o\":[]}|wrong_type",
        "{\"o\":null}|wrong_type",
        "{\"o\":{\"a\":\"x\"}}|unknown_member",
        "{\"b\":\"x\"}|unknown_member",
        "{\"o.b\":\"x\"}|unknown_member",
        "{\"\":\"x\"}|unknown_member",
        "{\"o\":{\"b\":\"x\",\"b\":\"y\"}}|duplicate_member",
        "{\"o\":{},\"o\":{}}|duplicate_member",
        "{\"a\":\"\\udc00\"}|invalid_text",
        "{\"a\":\"\\ud800\\ud800\\udc00\"}|invalid_text"
      })
  void refusesJson(String body, String code) {
    assertThatThrownBy(() -> json(body)).hasMessageStartingWith(code + ":");
  }

  @Test
  void refusesDepth() {
    String deep = "{\"x\":" + "[".repeat(10_000);
    assertThat(catchThrowable(() -> json(deep))).isInstanceOf(BodyRefused.class);
    assertThatThrownBy(() -> json("{\"" + "n".repeat(5000) + "\":1}"))
        .hasMessageStartingWith("json_limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32"})
  void refusesOtherEncodings(String charset) {
    byte[] body = "{\"a\":\"x\"}".getBytes(java.nio.charset.Charset.forName(charset));
    assertThatThrownBy(() -> RequestFields.read(SHAPE, MediaType.JSON, body))
        .hasMessageStartingWith("invalid_json");
  }

  @Test
  void refusesBadUtf8() {
    for (byte[] bad :
        new byte[][] {
          {(byte) 0xff}, {(byte) 0xc0, (byte) 0xae}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}
        }) {
      byte[] body =
          ("{\"a\":\"" + new String(bad, StandardCharsets.ISO_8859_1) + "\"}")
              .getBytes(StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> RequestFields.read(SHAPE, MediaType.JSON, body))
          .isInstanceOf(BodyRefused.class);
    }
  }

  @Test
  void neverRepeatsDangerousNames() {
    assertThatThrownBy(() -> json("{\"\\u001b[31m\":\"x\"}"))
        .hasMessageContaining("(a name of 5 characters)")
        .hasMessageNotContaining("\u001b");
    assertThatThrownBy(() -> json("{\"" + "n".repeat(100) + "\":1}"))
        .hasMessageContaining("(a name of 100 characters)");
  }

  @Test
  void aFormCannotHaveTwoMembersOfOneName() {
    assertThatThrownBy(() -> RequestShape.of(Map.of("a", Kind.TEXT, "o.a", Kind.TEXT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "application/json|JSON",
        "Application/JSON ; charset=UTF-8|JSON",
        "application/x-www-form-urlencoded|FORM",
        "application/json; charset=latin1|-",
        "application/json, text/plain|-",
        "application/jsonx|-",
        "text/json|-"
      })
  void knowsItsMediaTypes(String header, MediaType expected) {
    assertThat(MediaType.parse(header).orElse(null)).isEqualTo(expected);
  }

  /** R11 in short form: mutated bodies are read or refused, and nothing else happens. */
  @Test
  void survivesMutatedBodies() {
    Random random = new Random(11);
    String[] seeds = {
      "{\"a\":\"x\\u00e9\",\"l\":[\"1\",\"2\"],\"o\":{\"b\":\"y\",\"m\":[]}}",
      "a=x+%2B%c3%a9&l=1&b=y&l=2"
    };
    for (int round = 0; round < 20_000; round++) {
      byte[] body = seeds[round & 1].getBytes(StandardCharsets.UTF_8);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      MediaType type = (round & 1) == 0 ? MediaType.JSON : MediaType.FORM;
      Throwable thrown = catchThrowable(() -> RequestFields.read(SHAPE, type, body));
      assertThat(thrown)
          .satisfiesAnyOf(
              t -> assertThat(t).isNull(), t -> assertThat(t).isInstanceOf(BodyRefused.class));
    }
  }

  private static RequestFields json(String body) throws BodyRefused {
    return RequestFields.read(SHAPE, MediaType.JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  private static RequestFields form(String body) throws BodyRefused {
    return RequestFields.read(SHAPE, MediaType.FORM, body.getBytes(StandardCharsets.UTF_8));
  }
}
