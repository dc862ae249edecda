package dev.daypass.web;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Names for requests: unique over restarts by a random start, in order within one run. They are
 * names and not secrets.
 */
final class RequestIds {
  private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int RUN_DIGITS = 10;
  private static final int COUNT_DIGITS = 8;

  private final long run;
  private final AtomicLong count = new AtomicLong();

  RequestIds(RandomGenerator random) {
    this.run = random.nextLong();
  }

  String next() {
    char[] id = new char[RUN_DIGITS + COUNT_DIGITS];
    digits(run, id, 0, RUN_DIGITS);
    digits(count.getAndIncrement(), id, RUN_DIGITS, COUNT_DIGITS);
    return new String(id);
  }

  private static void digits(long value, char[] id, int start, int length) {
    long rest = value;
    for (int i = start + length - 1; i >= start; i--) {
      id[i] = DIGITS[(int) (rest & 31)];
      rest >>>= 5;
    }
  }
}
