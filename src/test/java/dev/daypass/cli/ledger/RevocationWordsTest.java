package dev.daypass.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RevocationWordsTest {
  private static final String KEY = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serial|17|Certificate 17 is revoked.",
        "user|alice@example.com|What alice@example.com held then is revoked.",
        "role|prod-db-debug|What was out under the role prod-db-debug is revoked.",
        "key|" + KEY + "|The key " + KEY + " is revoked, for good.",
        "host|db-1.example.com|The server db-1.example.com is revoked, for good.",
        "ca_key|" + KEY + "|The CA key " + KEY + " is revoked, for good, and all that it signed."
      })
  void saysWhatIsRevoked(String kind, String value, String sentence) {
    assertThat(words(kind, value).sentence()).isEqualTo(sentence);
  }

  @Test
  void saysWhichWindow() {
    JsonObject details =
        JsonObject.builder()
            .put("target", "window")
            .put("from", "2026-11-21T01:00:00Z")
            .put("to", "2026-11-21T02:00:00Z")
            .put("serials", JsonArray.ofTexts(List.of()))
            .build();
    RevocationWords words = RevocationWords.of(details).orElseThrow();
    assertThat(words.sentence())
        .startsWith(
            "What was granted from Sat 2026-11-21 01:00:00 UTC until Sat 2026-11-21 02:00:00")
        .endsWith(" and was alive is revoked.");
    assertThat(words.facts().lines()).containsExactly("  certificates  0");
  }

  @Test
  void saysWhyByWhomAndHowMany() {
    assertThat(words("serial", "17", 4, 7, 8, 9, 12).facts().lines())
        .containsExactly(
            "  why           a laptop was lost",
            "  by            root",
            "  as            operator",
            "  certificates  5",
            "  serials       4, 7 to 9, 12");
  }

  @Test
  void whatItDoesNotUnderstandIsShownAsItIs() {
    assertThat(RevocationWords.of(JsonObject.builder().put("target", "moon").build())).isEmpty();
    assertThat(RevocationWords.of(JsonObject.EMPTY)).isEmpty();
  }

  private static RevocationWords words(String kind, String value, long... serials) {
    Stream<String> texts = LongStream.of(serials).mapToObj(Long::toString);
    return RevocationWords.of(
            JsonObject.builder()
                .put("target", kind)
                .put(kind, value)
                .put("cause", "operator")
                .put("by", "root")
                .put("why", "a laptop was lost")
                .put("serials", JsonArray.ofTexts(texts.toList()))
                .build())
        .orElseThrow();
  }
}
