package dev.daypass.cert;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class CertificateFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void decodesOrRefuses(byte[] input) {
    CertificateDecoders.accepts(input);
    CertificateDecoders.line(input);
  }
}
