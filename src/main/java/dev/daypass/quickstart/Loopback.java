package dev.daypass.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Who listens on loopback. */
final class Loopback {
  private Loopback() {}

  /** A port that nobody listens on at the moment. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until somebody listens there. */
  static void await(Process process, int port, String what, Duration patience)
      throws QuickstartFailed, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException _) {
        // Not yet: a short wait between two tries keeps the processor free for the starting one.
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    throw new QuickstartFailed(
        what + " did not start listening on port " + port + ".",
        "Its diagnostics lie in the quickstart's state folder.");
  }
}
