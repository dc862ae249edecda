package dev.daypass.tlog.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.TreeSize;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddCheckpointTest {
  // C2SP tlog-witness, section add-checkpoint: the example of a request's body.
  private static final String EXAMPLE =
      """
      old 20852014
      PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
      jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
      5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
      /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
      """;

  // The same section: the example of an answer's body.
  private static final String ANSWER =
      """
      — witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==
      — witness.example/w1 I7rEps0pvK2UqkS2gSpVUDhrhVtQV9lgF6pRrWAvjJHjyWpW7VcE3SiOlVlbQNt64vWhO+DlkL0+UfzuOBMh9ChdMkP1vi/lCAsmlw==
      — witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJlqU3rXXvpysAdyP3wQ==
      """;

  @Test
  void readsAndWritesThePublishedRequest() throws Exception {
    AddCheckpoint request = decode(EXAMPLE);
    assertThat(request.old()).isEqualTo(new TreeSize(20852014));
    assertThat(request.proof()).hasSize(4);
    assertThat(request.checkpoint().size()).isEqualTo(new TreeSize(20852163));
    assertThat(request.note().signatures()).hasSize(2);
    assertThat(request.encode()).isEqualTo(EXAMPLE);
  }

  @Test
  void readsAndWritesThePublishedAnswer() throws Exception {
    String text = decode(EXAMPLE).note().text();
    List<NoteSignature> cosignatures = TimedSignature.parse(text, ANSWER);
    assertThat(cosignatures)
        .extracting(NoteSignature::name)
        .containsExactly("witness.example/w1", "witness.example/w1", "witness.example/w2");
    // Section Format of tlog-cosignature: a time and a signature.
    assertThat(cosignatures).allMatch(signature -> signature.blob().size() == 8 + 64);
    assertThat(TimedSignature.lines(text, cosignatures)).isEqualTo(ANSWER);
  }

  @Test
  void aFirstRequestHasNoProof() throws Exception {
    String first = EXAMPLE.replaceFirst("(?s)old 20852014\n.*?\n\n", "old 0\n\n");
    AddCheckpoint request = decode(first);
    assertThat(request.old().isEmpty()).isTrue();
    assertThat(request.encode()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "old 1\n",
        "old 1",
        "old 01\n\n",
        "old -1\n\n",
        "old  1\n\n",
        "old 9999999999999999999\n\n",
        "new 1\n\n",
        "old 1\nAAAA\n\n",
        "old 1\r\n\n",
        "\n\n"
      })
  void refusesOtherBeginnings(String beginning) {
    String note = EXAMPLE.substring(EXAMPLE.indexOf("\n\n") + 2);
    assertThatExceptionOfType(TlogFormatException.class).isThrownBy(() -> decode(beginning + note));
  }

  @Test
  void refusesMoreThan63Hashes() throws Exception {
    String line = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";
    String rest = EXAMPLE.substring(EXAMPLE.indexOf("\n\n") + 1);
    assertThat(decode("old 1\n" + line.repeat(63) + rest).proof()).hasSize(63);
    assertThatExceptionOfType(TlogFormatException.class)
        .isThrownBy(() -> decode("old 1\n" + line.repeat(64) + rest));
  }

  @Test
  void refusesANoteThatIsNoCheckpoint() {
    String other = EXAMPLE.replace("20852163\n", "020852163\n");
    assertThatExceptionOfType(TlogFormatException.class).isThrownBy(() -> decode(other));
  }

  private static AddCheckpoint decode(String body) throws TlogFormatException {
    return AddCheckpoint.decode(body.getBytes(StandardCharsets.UTF_8));
  }
}
