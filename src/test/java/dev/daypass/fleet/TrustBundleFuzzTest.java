package dev.daypass.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class TrustBundleFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void whatParsesIsWhatWasWritten(FuzzedDataProvider data) {
    String document = data.consumeRemainingAsString();
    try {
      assertThat(SignedTrustBundle.parse(document).text()).isEqualTo(document);
    } catch (BundleFormatException e) {
      assertThat(e.line()).isPositive();
    }
  }
}
