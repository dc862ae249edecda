package dev.daypass.ledger.entry;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.ssh.Bytes;

/** An entry that is read is written back as it was; nothing but the one exception comes out. */
final class EntryFuzzTest {
  @FuzzTest
  void readsOnlyWhatItWouldWrite(byte[] input) {
    Bytes bytes = Bytes.of(input);
    try {
      if (!Entry.decode(bytes).encode().equals(bytes)) {
        throw new AssertionError("two forms of one entry");
      }
    } catch (EntryFormatException _) {
      // Refused, as most inputs are.
    }
  }
}
