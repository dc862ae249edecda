package dev.daypass.tlog;

import com.code_intelligence.jazzer.junit.FuzzTest;

class TlogProofFuzzTest {
  @FuzzTest
  void decodes(byte[] input) {
    Decoders.proof(input);
  }
}
