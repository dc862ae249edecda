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

/**
 * One connection that is kept open, with at most one request on its way. It reads as much HTTP/1.1
 * as it needs: the status, the length, and so many bytes.
 */
final class KeptConnection implements AutoCloseable {
  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
  private SelectionKey key;
  private ByteBuffer unsent = ByteBuffer.allocate(0);

  /** How long the whole answer is; 0 until its head has been read. */
  private int answerBytes;

  private int headBytes;
  private int request;
  private long sentAt;

  KeptConnection(int port, Selector selector) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  void send(int number, byte[] bytes) throws IOException {
    request = number;
    answer.clear();
    answerBytes = 0;
    unsent = ByteBuffer.wrap(bytes);
    sentAt = System.nanoTime();
    continueSending();
  }

  /** Goes on with what it was doing; true once the whole answer is there. */
  boolean proceed() throws IOException {
    if (unsent.hasRemaining()) {
      continueSending();
      return false;
    }
    if (channel.read(answer) < 0) {
      throw new EOFException("the daemon closed a connection");
    }
    if (answerBytes == 0) {
      readHead();
    }
    return answerBytes > 0 && answer.position() >= answerBytes;
  }

  int request() {
    return request;
  }

  long nanosSinceSent() {
    return System.nanoTime() - sentAt;
  }

  /** RFC 9112 section 4: the three digits behind {@code HTTP/1.1} and a space. */
  int status() {
    byte[] head = answer.array();
    return 100 * (head[9] - '0') + 10 * (head[10] - '0') + head[11] - '0';
  }

  byte[] body() {
    return Arrays.copyOfRange(answer.array(), headBytes, answerBytes);
  }

  @Override
  public void close() throws IOException {
    key.cancel();
    channel.close();
  }

  private void continueSending() throws IOException {
    channel.write(unsent);
    key.interestOps(unsent.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  private void readHead() {
    int end = find(END, 0);
    if (end >= 0) {
      int at = find(LENGTH, 0) + LENGTH.length;
      headBytes = end + END.length;
      answerBytes = headBytes + number(at, end);
    }
  }

  private int number(int from, int end) {
    int number = 0;
    for (int i = from; i < end && answer.get(i) != '\r'; i++) {
      if (answer.get(i) != ' ') {
        number = 10 * number + answer.get(i) - '0';
      }
    }
    return number;
  }

  /** Where these bytes, given in lower case, begin; -1 if they are not there. */
  private int find(byte[] wanted, int from) {
    byte[] bytes = answer.array();
    for (int i = from; i <= answer.position() - wanted.length; i++) {
      int matched = 0;
      while (matched < wanted.length && lower(bytes[i + matched]) == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }
}
