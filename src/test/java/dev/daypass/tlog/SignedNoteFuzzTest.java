package dev.daypass.tlog;

import com.code_intelligence.jazzer.junit.FuzzTest;

class SignedNoteFuzzTest {
  @FuzzTest
  void decodes(byte[] input) {
    Decoders.note(input);
  }
}
