package dev.daypass.ssh.signature;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class PrivateKeyFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void decodesOrRefuses(byte[] input) {
    SshDecoders.privateKey(input);
  }
}
