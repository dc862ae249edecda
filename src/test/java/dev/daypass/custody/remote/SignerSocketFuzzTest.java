package dev.daypass.custody.remote;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class SignerSocketFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void decodesToTheSameBytesOrRefuses(byte[] input) {
    SignerQuestions.decodesToTheSameBytesOrRefuses(input);
  }
}
