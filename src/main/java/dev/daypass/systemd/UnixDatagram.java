package dev.daypass.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * One datagram to a Unix socket, through the Foreign Function API: Java's own Unix sockets are
 * streams. For 64-bit Linux.
 */
final class UnixDatagram {
  /** unix(7): {@code sun_path} has 108 bytes, the last of them NUL in a path. */
  static final int MAX_ADDRESS_BYTES = 107;

  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int FAMILY_BYTES = 2;

  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SENDTO =
      function(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private UnixDatagram() {}

  /**
   * Sends; returns when the kernel has taken it.
   *
   * @param address a path, or NUL and a name of the abstract namespace
   */
  static void send(byte[] address, byte[] message) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int socket = (int) SOCKET.invokeExact(state, (int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (socket < 0) {
        throw failed("socket", state);
      }
      try {
        MemorySegment to = arena.allocate(FAMILY_BYTES + (long) address.length, 8);
        to.set(JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(address, 0, to, JAVA_BYTE, FAMILY_BYTES, address.length);
        MemorySegment text = arena.allocateFrom(JAVA_BYTE, message);
        long sent =
            (long)
                SENDTO.invokeExact(
                    state, socket, text, text.byteSize(), MSG_NOSIGNAL, to, (int) to.byteSize());
        if (sent != message.length) {
          throw failed("sendto", state);
        }
      } finally {
        // The message is out or it is not: nothing hangs on this.
        var _ = (int) CLOSE.invokeExact(state, socket);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("a function of the C library cannot be called", e);
    }
  }

  private static IOException failed(String function, MemorySegment state) {
    return new IOException(function + " failed with errno " + state.get(JAVA_INT, ERRNO));
  }

  @SuppressWarnings("restricted") // Declared exactly as in the C headers.
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }
}
