package dev.daypass.tlog;

import com.code_intelligence.jazzer.junit.FuzzTest;

class TileFuzzTest {
  @FuzzTest
  void decodes(byte[] input) {
    Decoders.tile(input);
  }
}
