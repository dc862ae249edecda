package dev.daypass.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that say nothing, and connections whose request never ends (RELIABILITY, R12). */
final class SlowCrowd implements AutoCloseable {
  private final List<Socket> sockets = new ArrayList<>();

  /** Every second one has begun a request, and goes on with it a byte at a time. */
  static SlowCrowd open(int port, int connections) throws IOException {
    SlowCrowd crowd = new SlowCrowd();
    for (int i = 0; i < connections; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      crowd.sockets.add(socket);
      if (i % 2 == 0) {
        socket
            .getOutputStream()
            .write("POST /v1/certificates HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      }
    }
    return crowd;
  }

  /** One byte more of each request; how many were still open. */
  int drip() throws IOException {
    int open = 0;
    for (int i = 0; i < sockets.size(); i += 2) {
      open += drips(sockets.get(i)) ? 1 : 0;
    }
    return open;
  }

  private static boolean drips(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write('x');
      return true;
    } catch (SocketException _) {
      return false; // closed for being slow
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
