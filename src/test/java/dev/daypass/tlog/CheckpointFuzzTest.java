package dev.daypass.tlog;

import com.code_intelligence.jazzer.junit.FuzzTest;

class CheckpointFuzzTest {
  @FuzzTest
  void decodes(byte[] input) {
    Decoders.checkpoint(input);
  }
}
