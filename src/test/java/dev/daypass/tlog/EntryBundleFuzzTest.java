package dev.daypass.tlog;

import com.code_intelligence.jazzer.junit.FuzzTest;

class EntryBundleFuzzTest {
  @FuzzTest
  void decodes(byte[] input) {
    Decoders.entryBundle(input);
  }
}
