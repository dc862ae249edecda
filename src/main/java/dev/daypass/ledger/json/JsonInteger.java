package dev.daypass.ledger.json;

/**
 * An integer that every JSON reader holds exactly: at most 2^53 - 1 in size (RFC 7493, section
 * 2.2). Larger numbers, serials among them, are written as text.
 */
public record JsonInteger(long value) implements JsonValue {
  /** The largest size of an integer, 2^53 - 1. */
  public static final long MAX = (1L << 53) - 1;

  public JsonInteger {
    if (value > MAX || value < -MAX) {
      throw new IllegalArgumentException("integer beyond 2^53 - 1");
    }
  }
}
