package dev.daypass.tlog;

import com.code_intelligence.jazzer.junit.FuzzTest;

class TilePathFuzzTest {
  @FuzzTest
  void decodes(byte[] input) {
    Decoders.tilePath(input);
  }
}
