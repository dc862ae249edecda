package dev.daypass.ssh;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.ssh.signature.SshDecoders;

final class PublicKeyFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void decodesOrRefuses(byte[] input) {
    SshDecoders.publicKey(input);
  }
}
