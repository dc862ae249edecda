package dev.daypass.krl;

import dev.daypass.ssh.Bytes;

/** What must hold of the decoder for any input whatever. */
final class KrlDecoders {
  private KrlDecoders() {}

  /** Whether the input decodes; what decodes is the one encoding of what it says. */
  static boolean accepts(byte[] input) {
    Bytes file = Bytes.of(input);
    try {
      KeyRevocationList list = KeyRevocationList.decode(file);
      if (!list.encode().equals(file)) {
        throw new AssertionError("two encodings of one list");
      }
      return true;
    } catch (KrlFormatException _) {
      return false;
    }
  }
}
