package dev.daypass.custody;

import dev.daypass.signer.SignerHead;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * One slot of a head file: a head and its place in the order of writes.
 *
 * <p>Big-endian: 8 bytes magic, uint64 counter, uint64 tree size, 32 bytes root, uint16 length of
 * the origin, the origin in UTF-8, zeros up to the checksum, SHA-256 of all that.
 */
record HeadSlot(long counter, SignerHead head) {
  static final int BYTES = 512;

  private static final byte[] MAGIC = "daypass1".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKSUM_BYTES = 32;
  private static final int BODY_BYTES = BYTES - CHECKSUM_BYTES;
  private static final int FIXED_BYTES = 8 + 8 + 8 + 32 + 2;
  private static final int MAX_ORIGIN_BYTES = BODY_BYTES - FIXED_BYTES;

  byte[] encode() {
    byte[] origin = head.origin().getBytes(StandardCharsets.UTF_8);
    if (origin.length == 0 || origin.length > MAX_ORIGIN_BYTES) {
      throw new IllegalArgumentException("an origin has 1 to " + MAX_ORIGIN_BYTES + " bytes");
    }
    ByteBuffer slot = ByteBuffer.allocate(BYTES);
    slot.put(MAGIC).putLong(counter).putLong(head.size().value()).put(head.root().toArray());
    slot.putShort((short) origin.length).put(origin);
    slot.position(BODY_BYTES).put(checksum(slot.array()));
    return slot.array();
  }

  /** The slot's head, or nothing if the slot was never written or its last write was torn. */
  static Optional<HeadSlot> decode(byte[] bytes) {
    byte[] checksum = Arrays.copyOfRange(bytes, BODY_BYTES, BYTES);
    if (bytes.length != BYTES
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        || !MessageDigest.isEqual(checksum, checksum(bytes))) {
      return Optional.empty();
    }
    ByteBuffer slot = ByteBuffer.wrap(bytes).position(MAGIC.length);
    long counter = slot.getLong();
    TreeSize size = new TreeSize(slot.getLong());
    byte[] root = new byte[32];
    slot.get(root);
    byte[] origin = new byte[slot.getShort()];
    slot.get(origin);
    String name = new String(origin, StandardCharsets.UTF_8);
    return Optional.of(new HeadSlot(counter, new SignerHead(name, size, Hash.of(root))));
  }

  private static byte[] checksum(byte[] slot) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(slot, 0, BODY_BYTES);
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
