package dev.daypass.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in both forms; Jackson reads the JSON back as the oracle. */
final class MembersTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  private static void everything(Members out) {
    out.text("a", "b");
    out.texts("list", List.of("x", "y z"));
    out.texts("empty", List.of());
    out.flag("flag", true);
    out.number("n", -5);
    out.group("g", inner -> inner.text("h", "i"));
    out.groups("gs", List.of(one -> one.text("k", "1"), two -> two.text("k", "2")));
    out.certificate("ssh-cert AAAA");
    out.text("after", "z");
  }

  @Test
  void writesJson() {
    assertThat(json(MembersTest::everything))
        .isEqualTo(
            "{\"a\":\"b\",\"list\":[\"x\",\"y z\"],\"empty\":[],\"flag\":true,\"n\":-5,"
                + "\"g\":{\"h\":\"i\"},\"gs\":[{\"k\":\"1\"},{\"k\":\"2\"}],"
                + "\"certificate\":\"ssh-cert AAAA\",\"after\":\"z\"}\n");
  }

  @Test
  void writesLinesWithTheCertificateLast() {
    assertThat(lines(MembersTest::everything))
        .isEqualTo(
            """
            a: b
            list: x y\\u0020z
            empty:
            flag: true
            n: -5
            g.h: i
            gs.k: 1
            gs.k: 2
            after: z
            ssh-cert AAAA
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "",
        "\"quoted\" \\ back",
        "a\nserial: 1",
        "\r\n\t\b\f\0\u001b[31m",
        "\u007f\u0085",
        "\u00e9\u4e2d\ud83d\ude00",
        "\u202ereversed\u2066",
        "\u2028\u2029\ufeff\u200b",
        "</script>"
      })
  void jsonIsReadBackEqual(String value) throws IOException {
    JsonNode read = JACKSON.readTree(json(out -> out.text("v", value)));
    assertThat(read.get("v").textValue()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nserial: 1",
        "\r\nssh-cert",
        "\u0085x",
        "\u2028x",
        "\u001b[2Jx",
        "\0x",
        "\u202ex"
      })
  void aValueCannotStartALine(String value) {
    String text = lines(out -> out.text("v", value));
    assertThat(text).startsWith("v: ").endsWith("\n");
    assertThat(text.substring(0, text.length() - 1).chars())
        .allMatch(c -> c >= ' ' && c != 0x7f && c != 0x85 && c != 0x2028 && c != 0x202e);
  }

  @Test
  void escapedBackslashesCannotBeMistaken() {
    assertThat(lines(out -> out.text("v", "\\n"))).isEqualTo("v: \\\\n\n");
    assertThat(lines(out -> out.text("v", "\n"))).isEqualTo("v: \\n\n");
  }

  @Test
  void aLoneSurrogateIsReplaced() {
    assertThat(json(out -> out.text("v", "a\ud800b"))).isEqualTo("{\"v\":\"a\ufffdb\"}\n");
    assertThat(json(out -> out.text("v", "\udc00"))).isEqualTo("{\"v\":\"\ufffd\"}\n");
  }

  @Test
  void randomTextSurvivesBothWays() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        int point = random.nextInt(0x3000);
        text.appendCodePoint(random.nextInt(20) == 0 ? 0x1f600 + point % 50 : point);
      }
      String value = text.toString();
      assertThat(JACKSON.readTree(json(out -> out.text("v", value))).get("v").textValue())
          .isEqualTo(value);
      assertThat(lines(out -> out.text("v", value)).lines()).hasSize(1);
    }
  }

  @Test
  void bufferGrows() throws IOException {
    String value = "x\u00e9".repeat(20_000);
    assertThat(JACKSON.readTree(json(out -> out.text("v", value))).get("v").textValue())
        .isEqualTo(value);
  }

  private static String json(Consumer<Members> answer) {
    return new String(JsonMembers.bytes(answer), StandardCharsets.UTF_8);
  }

  private static String lines(Consumer<Members> answer) {
    return new String(LineMembers.bytes(answer), StandardCharsets.UTF_8);
  }
}
