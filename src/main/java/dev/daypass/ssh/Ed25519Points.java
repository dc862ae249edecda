package dev.daypass.ssh;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/** What a public point must be before daypass certifies it (RFC 8032 section 5.1.3, and safer). */
final class Ed25519Points {
  private static final int SIZE = 32;

  /**
   * The y coordinates of the eight points whose order divides 8. With such a "key", signatures can
   * be made that verify for any message.
   */
  private static final Set<Bytes> LOW_ORDER_Y =
      Set.of(
          Bytes.ofHex("0000000000000000000000000000000000000000000000000000000000000000"),
          Bytes.ofHex("0100000000000000000000000000000000000000000000000000000000000000"),
          Bytes.ofHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
          Bytes.ofHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
          Bytes.ofHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

  /**
   * Points that passed lately, each at a place that its bytes choose. A key comes several times in
   * one request, and to see that it is on the curve takes a square root each time. Only what passed
   * is kept, and compared as a whole: whoever overwrites a place costs its point one more look.
   */
  private static final AtomicReferenceArray<@Nullable Bytes> PASSED =
      new AtomicReferenceArray<>(1024);

  private Ed25519Points() {}

  /**
   * Refuses what is not canonical (y not below p), not on the curve, or of low order.
   *
   * @throws IllegalArgumentException if the point is one of these
   */
  static void require(Bytes point) {
    if (point.size() != SIZE) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + point.size());
    }
    int place = Math.floorMod(point.hashCode(), PASSED.length());
    if (point.equals(PASSED.get(place))) {
      return;
    }
    requireSound(point);
    PASSED.set(place, point);
  }

  private static void requireSound(Bytes point) {
    byte[] y = point.toArray();
    y[SIZE - 1] &= 0x7f;
    if (LOW_ORDER_Y.contains(Bytes.wrap(y))) {
      throw new IllegalArgumentException("the Ed25519 point has low order");
    }
    if (!Ed25519.validatePublicKeyPartial(point.unsafeArray(), 0)) {
      throw new IllegalArgumentException("not a canonical point of Ed25519");
    }
  }
}
