package dev.daypass.tlog;

import java.nio.ByteBuffer;

/**
 * Timestamped Ed25519 cosignatures of checkpoints: C2SP tlog-cosignature, {@code cosignature/v1}.
 */
final class Cosignature {
  private static final int TIMESTAMP_BYTES = 8;

  private Cosignature() {}

  /** The blob is a {@code timestamped_signature}: uint64 seconds, then the signature. */
  static boolean verifies(Opaque publicKey, String checkpoint, byte[] blob) {
    if (blob.length != TIMESTAMP_BYTES + Ed25519.SIGNATURE_BYTES) {
      return false;
    }
    ByteBuffer fields = ByteBuffer.wrap(blob);
    long timestamp = fields.getLong();
    // Section Format: the timestamp must not exceed 2^63 - 1.
    if (timestamp < 0 || !isCheckpoint(checkpoint)) {
      return false;
    }
    byte[] signature = new byte[Ed25519.SIGNATURE_BYTES];
    fields.get(signature);
    return Ed25519.verifies(publicKey, message(timestamp, checkpoint), signature);
  }

  /** Section Ed25519 signed message. */
  static byte[] message(long timestamp, String checkpoint) {
    return StrictText.utf8("cosignature/v1\ntime " + timestamp + "\n" + checkpoint);
  }

  private static boolean isCheckpoint(String text) {
    try {
      Checkpoint.parse(text);
      return true;
    } catch (TlogFormatException _) {
      return false;
    }
  }
}
