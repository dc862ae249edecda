package dev.daypass.ledger.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is java-json-canonicalization, by an author of RFC 8785. */
final class CanonicalJsonTest {
  private static final int RANDOM_VALUES = 3_000;
  private static final String[] PIECES = {
    "a",
    "Z",
    "\u0000",
    "\u001f",
    "\"",
    "\\",
    "/",
    "\b\t\n\f\r",
    "\u007f",
    "\u0080",
    "\u20ac",
    "\ufb33",
    "\ud83d\ude00",
    "\u2028",
    "</script>",
    "1",
    " ",
    ""
  };

  @Test
  void writesWhatTheOracleWrites() throws Exception {
    Random random = new Random(8785);
    for (int i = 0; i < RANDOM_VALUES; i++) {
      JsonObject value = object(random, 3);
      Bytes encoded = CanonicalJson.encode(value);
      assertThat(encoded.utf8())
          .isEqualTo(new JsonCanonicalizer(encoded.utf8()).getEncodedString());
      assertThat(CanonicalJson.decode(encoded)).isEqualTo(value);
    }
  }

  @Test
  void sortsMembersByUtf16UnitsAsInSection323() throws Exception {
    // U+1F600 is D83D DE00 in UTF-16 and comes before U+FB33, though its code point is larger.
    JsonObject object =
        JsonObject.builder()
            .put("\u20ac", "Euro Sign")
            .put("\r", "Carriage Return")
            .put("\ufb33", "Hebrew Letter Dalet With Dagesh")
            .put("1", "One")
            .put("\ud83d\ude00", "Emoji: Grinning Face")
            .put("\u0080", "Control")
            .put("\u00f6", "Latin Small Letter O With Diaeresis")
            .build();
    assertThat(object.members().keySet())
        .containsExactly("\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "{\"a\":null}",
        "{ }",
        "{}\n",
        " {}",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,}",
        "{\"a\" :1}",
        "{a:1}",
        "{\"a\":1",
        "{\"a\"",
        "[1,]",
        "[,1]",
        "[1 ]",
        "01",
        "-0",
        "-",
        "+1",
        "1.0",
        "1e2",
        "9007199254740992",
        "99999999999999999999",
        "tru",
        "True",
        "\"",
        "\"\\u0041\"",
        "\"\\u000a\"",
        "\"\\u001F\"",
        "\"\\ud800\"",
        "\"\\/\"",
        "\"\\x\"",
        "\"\\u00\"",
        "\"\n\"",
        "{}{}",
        "{}x"
      })
  void refusesWhatIsNotCanonical(String text) {
    assertThatThrownBy(() -> CanonicalJson.decode(Bytes.ofUtf8(text)))
        .isInstanceOf(JsonFormatException.class);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    for (String hex : List.of("22ff22", "22c08022", "22eda08022", "22f490808022")) {
      assertThatThrownBy(() -> CanonicalJson.decode(Bytes.ofHex(hex)))
          .isInstanceOf(JsonFormatException.class);
    }
  }

  @Test
  void refusesToNestDeeply() throws Exception {
    String sixteen = "[".repeat(16) + "]".repeat(16);
    assertThat(CanonicalJson.decode(Bytes.ofUtf8(sixteen))).isInstanceOf(JsonArray.class);
    Bytes deep = Bytes.ofUtf8("[".repeat(100_000) + "]".repeat(100_000));
    assertThatThrownBy(() -> CanonicalJson.decode(deep))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void readsExactlyItsOwnOutputHoweverItIsDamaged() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < RANDOM_VALUES; i++) {
      byte[] bytes = CanonicalJson.encode(object(random, 2)).toArray();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Bytes damaged = Bytes.of(bytes);
      try {
        assertThat(CanonicalJson.encode(CanonicalJson.decode(damaged))).isEqualTo(damaged);
      } catch (JsonFormatException e) {
        assertThat(e.offset()).isBetween(0, bytes.length);
      }
    }
  }

  @Test
  void refusesLoneSurrogatesAndLargeIntegersInTheModel() {
    assertThatThrownBy(() -> new JsonText("\ud800")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JsonText("\udc00\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JsonInteger(JsonInteger.MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonObject.builder().put("a", 1).put("a", 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersMembersByType() {
    JsonObject object = JsonObject.builder().put("t", "x").put("i", 7).put("b", true).build();
    assertThat(object.text("t")).contains("x");
    assertThat(object.integer("i")).contains(7L);
    assertThat(object.text("i")).isEmpty();
    assertThat(object.integer("absent")).isEmpty();
    assertThat(object.object("t")).isEmpty();
    assertThat(object.value("b")).contains(new JsonBoolean(true));
    assertThat(object.toBuilder().put("more", 1).build().members()).hasSize(4);
  }

  private static JsonValue value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> new JsonText(text(random));
      case 1 -> new JsonInteger(random.nextLong(-JsonInteger.MAX, JsonInteger.MAX + 1));
      case 2 -> new JsonBoolean(random.nextBoolean());
      case 3 -> object(random, depth - 1);
      default -> {
        List<JsonValue> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(value(random, depth - 1));
        }
        yield new JsonArray(values);
      }
    };
  }

  private static JsonObject object(Random random, int depth) {
    JsonObject.Builder builder = JsonObject.builder();
    for (int i = random.nextInt(5); i > 0; i--) {
      builder.put(i + text(random), value(random, depth));
    }
    return builder.build();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
