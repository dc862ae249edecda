package dev.daypass.ledger.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal of the decoder: what it says, and where it stopped. */
final class StrictDecodingTest {
  private static final String NO_VALUE = "no value that the ledger uses";

  @ParameterizedTest
  @MethodSource({"brokenGrammar", "brokenStrings", "brokenNumbers", "otherSpellings"})
  void refusesAndSaysWhere(Refusal refusal) {
    assertThatThrownBy(() -> CanonicalJson.decode(Bytes.ofUtf8(refusal.text())))
        .isInstanceOfSatisfying(
            JsonFormatException.class,
            e -> {
              assertThat(e).hasMessage(refusal.problem() + " at offset " + refusal.offset());
              assertThat(e.offset()).isEqualTo(refusal.offset());
            });
  }

  static Stream<Refusal> brokenGrammar() {
    return Stream.of(
        new Refusal("", "ends too early", 0),
        new Refusal("{", "ends too early", 1),
        new Refusal("{\"a\"", "ends too early", 4),
        new Refusal("{\"a\":", "ends too early", 5),
        new Refusal("{\"a\":1", "ends too early", 6),
        new Refusal("[1", "ends too early", 2),
        new Refusal("{a:1}", "expected '\"'", 1),
        new Refusal("{1:1}", "expected '\"'", 1),
        new Refusal("{ }", "expected '\"'", 1),
        new Refusal("{,}", "expected '\"'", 1),
        new Refusal("{\"a\":1,}", "expected '\"'", 7),
        new Refusal("{\"a\" :1}", "expected ':'", 4),
        new Refusal("{\"a\":1 }", "expected '}'", 6),
        new Refusal("{\"a\":1]", "expected '}'", 6),
        new Refusal("[1 ]", "expected ']'", 2),
        new Refusal("[1}", "expected ']'", 2),
        new Refusal("[1,]", NO_VALUE, 3),
        new Refusal("[,1]", NO_VALUE, 1),
        new Refusal("{\"a\":}", NO_VALUE, 5),
        new Refusal("{\"a\": 1}", NO_VALUE, 5),
        new Refusal("{\"a\":null}", NO_VALUE, 5),
        new Refusal("[tru]", NO_VALUE, 1),
        new Refusal("[falsE]", NO_VALUE, 1),
        new Refusal("True", NO_VALUE, 0),
        new Refusal(" {}", NO_VALUE, 0),
        new Refusal("\ufeff{}", NO_VALUE, 0),
        new Refusal("{}\n", "bytes after the value", 2),
        new Refusal("{}{}", "bytes after the value", 2),
        new Refusal("true1", "bytes after the value", 4),
        new Refusal("{\"a\":1,\"a\":1}", "member twice", 12),
        new Refusal("{\"a\":{\"b\":1,\"b\":2}}", "member twice", 17));
  }

  static Stream<Refusal> brokenStrings() {
    return Stream.of(
        new Refusal("\"abc", "ends too early", 4),
        new Refusal("\"\\", "ends too early", 2),
        new Refusal("\"\\u00", "ends too early", 5),
        new Refusal("\"\n\"", "raw control character", 2),
        new Refusal("\"a\u0000\"", "raw control character", 3),
        new Refusal("\"\u001f\"", "raw control character", 2),
        new Refusal("\"\\x\"", "unknown escape", 3),
        new Refusal("\"\\/\"", "unknown escape", 3),
        new Refusal("\"\\U0001\"", "unknown escape", 3),
        new Refusal("\"\\ud83d\\ude00\"", "expected '0'", 3),
        new Refusal("\"\\ud800\"", "expected '0'", 3),
        new Refusal("\"\\u0800\"", "expected '0'", 4),
        new Refusal("\"\\u0041\"", "escape of what needs none", 7),
        new Refusal("\"\\u0020\"", "escape of what needs none", 7),
        new Refusal("\"\\u001g\"", "escape of what needs none", 7),
        new Refusal("{\"\\u0061\":1}", "escape of what needs none", 8));
  }

  static Stream<Refusal> brokenNumbers() {
    return Stream.of(
        new Refusal("-", NO_VALUE, 1),
        new Refusal("+1", NO_VALUE, 0),
        new Refusal(".5", NO_VALUE, 0),
        new Refusal("\uff11", NO_VALUE, 0),
        new Refusal("9007199254740992", NO_VALUE, 16),
        new Refusal("-9007199254740992", NO_VALUE, 17),
        new Refusal("9223372036854775808", NO_VALUE, 19),
        new Refusal("18446744073709551617", NO_VALUE, 20),
        new Refusal("1.0", "bytes after the value", 1),
        new Refusal("1e2", "bytes after the value", 1),
        new Refusal("0x10", "bytes after the value", 1),
        new Refusal("1\uff11", "bytes after the value", 1));
  }

  /** Read without doubt, but another spelling of the value than the one that is hashed. */
  static Stream<Refusal> otherSpellings() {
    return Stream.of(
        new Refusal("{\"b\":1,\"a\":2}", "not canonical", 0),
        new Refusal("{\"aa\":1,\"a\":2}", "not canonical", 0),
        new Refusal("{\"a\":1,\"B\":2}", "not canonical", 0),
        new Refusal("{\"\ufb33\":1,\"\ud83d\ude00\":2}", "not canonical", 0),
        new Refusal("01", "not canonical", 0),
        new Refusal("-0", "not canonical", 0),
        new Refusal("-01", "not canonical", 0),
        new Refusal("\"\\u000a\"", "not canonical", 0),
        new Refusal("\"\\u001F\"", "not canonical", 0),
        new Refusal("\"\\u00\uff11\uff11\"", "not canonical", 0));
  }

  @Test
  void acceptsTheLargestIntegersThatAreExact() throws Exception {
    for (String text : new String[] {"9007199254740991", "-9007199254740991", "0", "-1"}) {
      assertThat(CanonicalJson.decode(Bytes.ofUtf8(text)))
          .isEqualTo(new JsonInteger(Long.parseLong(text)));
    }
  }

  @Test
  void readsEachEscapeOfTheCanonicalForm() throws Exception {
    String text = "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0000\\u001f/\u007f\ud83d\ude00\"";
    assertThat(CanonicalJson.decode(Bytes.ofUtf8(text)))
        .isEqualTo(new JsonText("\b\t\n\f\r\"\\\u0000\u001f/\u007f\ud83d\ude00"));
  }

  @Test
  void countsDepthByWhatIsOpenAndNotByWhatWas() throws Exception {
    String wide = "[" + "[],".repeat(100) + "{}]";
    assertThat(CanonicalJson.decode(Bytes.ofUtf8(wide)))
        .isInstanceOfSatisfying(JsonArray.class, all -> assertThat(all.values()).hasSize(101));
    String sixteen = "{\"a\":".repeat(15) + "[]" + "}".repeat(15);
    assertThat(CanonicalJson.decode(Bytes.ofUtf8(sixteen))).isInstanceOf(JsonObject.class);
    for (String deep : new String[] {"[".repeat(17), "{\"a\":".repeat(16) + "[]"}) {
      assertThatThrownBy(() -> CanonicalJson.decode(Bytes.ofUtf8(deep)))
          .isInstanceOf(JsonFormatException.class)
          .hasMessage("nested too deeply at offset " + Math.max(deep.lastIndexOf('['), 16));
    }
  }

  @Test
  void refusesSurrogatesInUtf8() {
    // D800 alone, DC00 alone, and a pair as CESU-8 writes it.
    for (String hex : new String[] {"22eda08022", "22edb08022", "22eda0bdedb88022"}) {
      assertThatThrownBy(() -> CanonicalJson.decode(Bytes.ofHex(hex)))
          .isInstanceOf(JsonFormatException.class)
          .hasMessage("not UTF-8 at offset 0");
    }
  }

  @Test
  void refusesALoneSurrogateInAMembersName() {
    assertThatThrownBy(() -> JsonObject.builder().put("a\udc00", 1).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new JsonText("\ud83d\ude00").value()).hasSize(2);
  }

  @Test
  void refusesEveryBeginningOfAnObjectAtItsEnd() throws Exception {
    String whole = "{\"a\":[true,{\"b\":\"x\\n\\u001f\"},-12],\"c\":false}";
    assertThat(CanonicalJson.decodeObject(Bytes.ofUtf8(whole)).members()).hasSize(2);
    for (int length = 0; length < whole.length(); length++) {
      String beginning = whole.substring(0, length);
      assertThatThrownBy(() -> CanonicalJson.decode(Bytes.ofUtf8(beginning)))
          .as(beginning)
          .isInstanceOfSatisfying(
              JsonFormatException.class,
              e -> assertThat(e.offset()).isLessThanOrEqualTo(beginning.length()));
    }
  }

  @Test
  void refusesEveryOtherValueWhereAnObjectBelongs() {
    for (String text : new String[] {"[]", "\"{}\"", "1", "true"}) {
      assertThatThrownBy(() -> CanonicalJson.decodeObject(Bytes.ofUtf8(text)))
          .isInstanceOf(JsonFormatException.class)
          .hasMessage("not an object at offset 0");
    }
  }

  record Refusal(String text, String problem, int offset) {}
}
