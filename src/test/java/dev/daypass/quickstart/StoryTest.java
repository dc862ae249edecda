package dev.daypass.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StoryTest {
  @Test
  void anotherProgramsWordsStandBehindAnEdge() {
    assertThat(output(StandardCharsets.UTF_8)).isEqualTo("   │ one\n   │ two\n");
  }

  @Test
  void theEdgeIsPlainWhereTheTerminalKnowsNoOther() {
    assertThat(output(StandardCharsets.US_ASCII)).isEqualTo("   | one\n   | two\n");
  }

  private static String output(Charset charset) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Story(new PrintStream(out, true, charset), false).output("one\ntwo\n");
    return out.toString(charset);
  }
}
