package dev.daypass.tlog;

import com.code_intelligence.jazzer.junit.FuzzTest;

class NoteKeyFuzzTest {
  @FuzzTest
  void decodes(byte[] input) {
    Decoders.noteKey(input);
  }
}
