package dev.daypass.krl;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class KrlFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void decodesOrRefuses(byte[] input) {
    KrlDecoders.accepts(input);
  }
}
