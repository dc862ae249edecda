package dev.daypass.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A connection of which there are thousands: it holds no more than the answer that it reads. As
 * much of HTTP/1.1 as that takes: status, header fields, so many bytes.
 */
final class SmallConnection implements AutoCloseable {
  private static final byte[] END = {'\r', '\n', '\r', '\n'};

  private final SocketChannel channel;
  private final SelectionKey key;

  /** Shared with the others: what is read is copied from it at once. */
  private final ByteBuffer input;

  private ByteBuffer unsent = ByteBuffer.allocate(0);
  private byte[] received = {};
  private int headBytes;

  SmallConnection(int port, Selector selector, ByteBuffer input) throws IOException {
    this.input = input;
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ);
  }

  /** What the selector hands out with this connection. */
  void attach(Object owner) {
    key.attach(owner);
  }

  void send(byte[] bytes) throws IOException {
    unsent = ByteBuffer.wrap(bytes);
    received = new byte[0];
    headBytes = 0;
    continueSending();
  }

  /** Goes on with what it was doing; true once the whole answer is there. */
  boolean proceed() throws IOException {
    if (unsent.hasRemaining()) {
      continueSending();
      return false;
    }
    input.clear();
    if (channel.read(input) < 0) {
      throw new EOFException("the daemon closed a connection");
    }
    int before = received.length;
    received = Arrays.copyOf(received, before + input.position());
    input.flip().get(received, before, received.length - before);
    if (headBytes == 0) {
      headBytes = headBytes();
    }
    return headBytes > 0
        && received.length >= headBytes + Integer.parseInt(header("content-length"));
  }

  int status() {
    return Integer.parseInt(head().substring(9, 12)); // RFC 9112 section 4
  }

  /** The value of a header field that is there, by its name in lower case. */
  String header(String name) {
    return head()
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + head()));
  }

  String text() {
    return new String(received, headBytes, received.length - headBytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    key.cancel();
    channel.close();
  }

  private String head() {
    return new String(received, 0, headBytes, StandardCharsets.US_ASCII);
  }

  private void continueSending() throws IOException {
    channel.write(unsent);
    key.interestOps(unsent.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  private int headBytes() {
    for (int i = 0; i + END.length <= received.length; i++) {
      if (Arrays.equals(received, i, i + END.length, END, 0, END.length)) {
        return i + END.length;
      }
    }
    return 0;
  }
}
