package dev.daypass.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JDK's strict decoder and encoder say what is right. */
final class Utf8Test {
  /** Each byte that begins, continues or breaks a sequence, and their neighbours. */
  private static final int[] TELLING = {
    0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed,
    0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xf7, 0xf8, 0xff
  };

  @Test
  void agreesWithTheDecoderOnEverySequenceOfTellingBytes() {
    byte[] four = new byte[4];
    for (int a : TELLING) {
      for (int b : TELLING) {
        for (int c : TELLING) {
          for (int d : TELLING) {
            four[0] = (byte) a;
            four[1] = (byte) b;
            four[2] = (byte) c;
            four[3] = (byte) d;
            requireAgreement(four);
            requireAgreement(Arrays.copyOf(four, 3));
          }
        }
      }
    }
  }

  @Test
  void agreesWithTheDecoderOnEachTwoBytes() {
    for (int pair = 0; pair < 0x10000; pair++) {
      requireAgreement(new byte[] {(byte) (pair >> 8), (byte) pair});
    }
    requireAgreement(new byte[0]);
  }

  @Test
  void takesEachCodePointAndNoLoneSurrogate() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String text = "a" + Character.toString(point) + "b";
      boolean surrogate = point >= 0xd800 && point <= 0xdfff;
      assertThat(Utf8.hasForm(text)).isEqualTo(!surrogate);
      assertThat(Utf8.isValid(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }
    assertThat(Utf8.hasForm("a\ud83d")).isFalse();
    assertThat(Utf8.hasForm("\ude00\ud83d")).isFalse();
    assertThat(Utf8.hasForm("\ud83d\ude00\ude00")).isFalse();
  }

  @Test
  void agreesWithTheDecoderOnMutatedText() {
    Random random = new Random(11);
    byte[] text =
        "c2sp.org/tlog-proof@v1\n\u2014 é 😀 ca.example.com\n".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] mutated = text.clone();
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      requireAgreement(mutated);
    }
  }

  private static void requireAgreement(byte[] bytes) {
    assertThat(Utf8.isValid(bytes)).as(Bytes.of(bytes).hex()).isEqualTo(decodes(bytes));
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
