package dev.daypass.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CASES 11, on a page: a name of strangers shows all that it holds. */
final class ShownTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice-laptop",
        "Zo\u00eb's \u7535\u8111 <b>",
        "\u0440\u0430\u0443",
        "\ud83d\ude00"
      })
  void leavesWhatCanBeSeen(String text) {
    assertThat(Shown.harmless(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, '\n', '\r', '\t', 0x1b, 0x7f, 0x85, 0xad, 0x61c, 0x200b, 0x200d, 0x200e, 0x2028,
        0x2029, 0x202e, 0x2060, 0x2066, 0xd800, 0xdfff, 0xe000, 0xfeff, 0xffff, 0xe0041, 0x10ffff
      })
  void showsWhatCannotBeSeenAsItsNumber(int c) {
    String text = "a" + Character.toString(c) + "b";
    assertThat(Shown.harmless(text)).isEqualTo("a\\u{" + Integer.toHexString(c) + "}b");
  }

  @Test
  void cutsWhatIsTooLongAndSaysSo() {
    String shown = Shown.harmless("x".repeat(10_000));
    assertThat(shown).endsWith("\u2026").hasSizeLessThan(300);
    assertThat(Shown.harmless("x".repeat(256))).isEqualTo("x".repeat(256));
  }

  @Test
  void cutsNoCharacterInTwo() {
    String shown = Shown.harmless("\ud83d\ude00".repeat(500));
    assertThat(shown.substring(0, shown.length() - 1)).isEqualTo("\ud83d\ude00".repeat(129));
  }

  @Test
  void escapesDoNotMakeItLonger() {
    assertThat(Shown.harmless("\u202e".repeat(10_000))).endsWith("\u2026").hasSizeLessThan(300);
  }
}
