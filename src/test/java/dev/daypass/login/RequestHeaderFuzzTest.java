package dev.daypass.login;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class RequestHeaderFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void neverFails(FuzzedDataProvider data) {
    RequestHeader.parse(data.consumeRemainingAsString());
  }
}
