package dev.daypass.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ports on 127.0.0.1. */
public final class Loopback {
  private static final long PAUSE_NANOS = 20_000_000;

  private Loopback() {}

  /** A port that nobody listens on at the moment. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until the process listens there; fails if it ends first. */
  public static void await(Process process, int port, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new AssertionError("nothing listens on port " + port + ": " + process.info());
      }
      // Keeps the processor free for the starting one.
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
