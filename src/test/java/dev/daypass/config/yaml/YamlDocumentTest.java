package dev.daypass.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class YamlDocumentTest {
  private final Faults faults = new Faults();

  @Test
  void refusesDepthWithoutBuildingTree() {
    assertThat(YamlDocument.read("a: " + "[".repeat(200_000), faults)).isEmpty();
    assertThat(faults.list().getFirst().message()).isEqualTo("nested deeper than 24");
  }

  @Test
  void refusesBillionLaughs() {
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";

    assertThat(YamlDocument.read(bomb, faults)).isEmpty();
    assertThat(faults.list()).extracting(Fault::line).contains(1, 2, 3);
  }

  @Test
  void namesTheLineOfBrokenSyntax() {
    assertThat(YamlDocument.read("a: 1\nb: [1, 2\nc: 3\n", faults)).isEmpty();
    assertThat(faults.list()).hasSize(1);
    assertThat(faults.list().getFirst().line()).isEqualTo(3);
    assertThat(faults.list().getFirst().message()).startsWith("not YAML: ");
  }

  @Test
  void readsDurationsWithUnits() {
    assertThat(value("1h30m").duration(Duration.ZERO, Duration.ofDays(1)))
        .contains(Duration.ofMinutes(90));
    assertThat(value("30").duration(Duration.ZERO, Duration.ofDays(1))).isEmpty();
    assertThat(faults.list().getFirst().remedy()).isEqualTo("write 30s or 30m");
  }

  @Test
  void wordsThatOtherYamlsTakeForBooleansStayText() {
    assertThat(value("no").text()).contains("no");
    assertThat(value("on").flag()).isEmpty();
    assertThat(value("0x1F").number(0, 100)).isEmpty();
  }

  @Test
  void printsNothingThatMovesTheCursor() {
    assertThat(Printable.escape("a\u001b[2J\u202eb\nc")).isEqualTo("a\\u{1b}[2J\\u{202e}b\\u{a}c");
    assertThat(Printable.quote("x".repeat(100))).hasSize(83);
    assertThat(Printable.escape("grüß → 日本")).isEqualTo("grüß → 日本");
  }

  @Test
  void guessesTheWordThatWasMeant() {
    List<String> known = List.of("listen", "ledger", "limits", "client-secret-file");

    assertThat(NearestWord.to("lisen", known)).contains("listen");
    assertThat(NearestWord.to("litsen", known)).contains("listen");
    assertThat(NearestWord.to("client-secret", known)).contains("client-secret-file");
    assertThat(NearestWord.to("banana", known)).isEmpty();
  }

  @Test
  void findsTheLineOfTheInnermostKeyThatWasRead() {
    YamlMapping root = YamlDocument.read("a:\n  b:\n    - c: 1\n", faults).orElseThrow();
    root.value("a")
        .flatMap(YamlValue::mapping)
        .flatMap(m -> m.value("b"))
        .ifPresent(b -> b.items().forEach(YamlValue::mapping));

    assertThat(faults.lineOf("a.b[0].c")).isEqualTo(3);
    assertThat(faults.lineOf("a.b[7].x")).isEqualTo(2);
    assertThat(faults.lineOf("z")).isZero();
  }

  @Test
  void anyTextIsReadOrRefused() {
    Random random = new Random(20261121);
    String alphabet = "ab:{}[],-&*!|>'\"%@`#\n\t \\x1?~\u0000\u202e";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Faults found = new Faults();
      boolean read = YamlDocument.read(text.toString(), found).isPresent();
      assertThat(read || !found.none()).as(text.toString()).isTrue();
    }
  }

  private YamlValue value(String text) {
    return YamlDocument.read("k: " + text, faults).flatMap(m -> m.value("k")).orElseThrow();
  }
}
