package dev.daypass.policy.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelTest {
  @Test
  void readsWhatItWrites() {
    Map<String, String> labels = Map.of("tier", "db", "env", "prod", "rack-1", "A_1.b-2");
    List<String> texts = Label.texts(labels);
    assertThat(texts).containsExactly("env=prod", "rack-1=A_1.b-2", "tier=db");
    assertThat(Label.parseAll(texts).orElseThrow()).isEqualTo(labels);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "env", "=prod", "env=", "Env=prod", "1env=x", "env=a b", "env=a=b", "env=\n"})
  void refusesWhatIsNoLabel(String text) {
    assertThat(Label.parse(text)).isEmpty();
    assertThat(Label.parseAll(List.of("tier=db", text))).isEmpty();
  }

  @Test
  void aNameStandsOnce() {
    assertThat(Label.parseAll(List.of("env=prod", "env=test"))).isEmpty();
    assertThat(Label.parseAll(List.of("env=prod", "env=prod"))).isEmpty();
  }
}
