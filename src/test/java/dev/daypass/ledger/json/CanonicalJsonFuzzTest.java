package dev.daypass.ledger.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.ssh.Bytes;

/** Whatever is read is written back as it was; nothing but the one exception comes out. */
final class CanonicalJsonFuzzTest {
  @FuzzTest
  void readsOnlyWhatItWouldWrite(byte[] input) {
    Bytes bytes = Bytes.of(input);
    try {
      if (!CanonicalJson.encode(CanonicalJson.decode(bytes)).equals(bytes)) {
        throw new AssertionError("two forms of one value");
      }
    } catch (JsonFormatException _) {
      // Refused, as most inputs are.
    }
  }
}
