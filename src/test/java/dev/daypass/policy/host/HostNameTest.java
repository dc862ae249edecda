package dev.daypass.policy.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HostNameTest {
  /** The grammar as a pattern. */
  private static final Pattern GRAMMAR =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  @Test
  void takesWhatTheGrammarTakesAndNothingElse() {
    Random random = new Random(5);
    String letters = "az09-.-.aA_ \u00e9";
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(9);
      for (int i = 0; i < length; i++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      requireAgreement(text.toString());
    }
  }

  @Test
  void boundsLabelsAndTheWhole() {
    for (int length : new int[] {1, 2, 62, 63, 64, 65}) {
      requireAgreement("a".repeat(length));
      requireAgreement("db." + "a".repeat(length) + ".example");
    }
    String longest = ("a".repeat(49) + ".").repeat(5) + "abc";
    assertThat(HostName.parse(longest)).isPresent();
    assertThat(HostName.parse(longest + "d")).isEmpty();
  }

  @Test
  void isNeverMadeOfAnythingElse() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HostName("db-1."));
    assertThatIllegalArgumentException().isThrownBy(() -> new HostName(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new HostName("DB-1"));
  }

  private static void requireAgreement(String text) {
    assertThat(HostName.parse(text).isPresent())
        .as(text)
        .isEqualTo(GRAMMAR.matcher(text).matches());
  }
}
