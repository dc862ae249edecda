package dev.daypass.ssh.signature;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class SshSigFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void decodesOrRefuses(byte[] input) {
    SshDecoders.sshSig(input);
  }
}
