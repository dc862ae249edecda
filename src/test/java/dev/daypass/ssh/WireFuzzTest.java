package dev.daypass.ssh;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class WireFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void decodesOrRefuses(byte[] input) {
    SshDecoders.wire(input);
  }
}
