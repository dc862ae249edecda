package dev.daypass.signer;

import java.io.IOException;

/** The durable place of a signer's head. It belongs to one process at a time. */
public interface HeadFile {
  /** The newest head that was written completely. */
  SignerHead read() throws IOException;

  /**
   * Replaces the head; it is durable on return. After an exception nobody knows what is stored, so
   * the caller writes no more (DESIGN section 6: no fsync is ever retried).
   */
  void write(SignerHead head) throws IOException;
}
