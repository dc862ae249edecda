package dev.daypass.ledger.clock;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.time.Instant;

/**
 * Linux's clocks, called through the Foreign Function API: Java itself offers neither
 * CLOCK_BOOTTIME nor adjtimex. Safe for use by many threads.
 */
public final class LinuxClock implements ClockSource {
  /** linux/time.h. */
  private static final int CLOCK_REALTIME = 0;

  private static final int CLOCK_BOOTTIME = 7;

  /** adjtimex(2): the state returned while the clock is not synchronised. */
  private static final int TIME_ERROR = 5;

  /** struct timex has 208 bytes on 64-bit Linux; zeroed, its modes change nothing. */
  private static final int TIMEX_BYTES = 256;

  private static final int TIMESPEC_BYTES = 16;

  private final MethodHandle clockGettime;
  private final MethodHandle adjtimex;

  private LinuxClock(MethodHandle clockGettime, MethodHandle adjtimex) {
    this.clockGettime = clockGettime;
    this.adjtimex = adjtimex;
  }

  /** Binds the C library's functions. */
  @SuppressWarnings("restricted") // Both are declared below exactly as in the C headers.
  public static LinuxClock open() {
    Linker linker = Linker.nativeLinker();
    return new LinuxClock(
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)),
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("adjtimex"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
  }

  @Override
  public Instant now() {
    Duration time = read(CLOCK_REALTIME);
    return Instant.ofEpochSecond(time.toSeconds(), time.toNanosPart());
  }

  @Override
  public Duration sinceBoot() {
    return read(CLOCK_BOOTTIME);
  }

  @Override
  public boolean synchronised() {
    try (Arena arena = Arena.ofConfined()) {
      int state = (int) adjtimex.invokeExact(arena.allocate(TIMEX_BYTES, 8));
      // A sandbox may forbid the call (-1): then nobody has said "synchronised".
      return state >= 0 && state != TIME_ERROR;
    } catch (Throwable e) {
      throw new IllegalStateException("adjtimex cannot be called", e);
    }
  }

  private Duration read(int clock) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(TIMESPEC_BYTES, 8);
      int result = (int) clockGettime.invokeExact(clock, time);
      if (result != 0) {
        throw new IllegalStateException("clock_gettime refuses clock " + clock);
      }
      return Duration.ofSeconds(
          time.get(ValueLayout.JAVA_LONG, 0), time.get(ValueLayout.JAVA_LONG, 8));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime cannot be called", e);
    }
  }
}
