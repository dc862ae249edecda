package dev.daypass.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EntryCsvTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "plain|plain",
        "two words|two words",
        "a,b|\"a,b\"",
        "say \"hi\"|\"say \"\"hi\"\"\"",
        "=HYPERLINK(1)|'=HYPERLINK(1)",
        "@x|'@x",
        "+1,2|\"'+1,2\""
      })
  void aFieldIsQuotedWhereItMustBeAndIsNoFormula(String text, String field) {
    assertThat(EntryCsv.field(text)).isEqualTo(field);
  }
}
