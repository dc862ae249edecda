package dev.daypass.custody.socket;

import dev.daypass.ssh.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A connection to a Unix socket on which each question has one answer, both with their length
 * before them as a uint32 (RFC 9987 section 3), each answer within a deadline. For one thread at a
 * time; after a failure it is of no use.
 */
final class UnixConnection implements AutoCloseable {
  private static final int LENGTH_BYTES = 4;

  private final SocketChannel channel;
  private final Selector selector;
  private final Duration patience;
  private final int maxAnswer;

  private UnixConnection(
      SocketChannel channel, Selector selector, Duration patience, int maxAnswer) {
    this.channel = channel;
    this.selector = selector;
    this.patience = patience;
    this.maxAnswer = maxAnswer;
  }

  /**
   * @param patience for each answer
   * @param maxAnswer in bytes
   */
  static UnixConnection open(Path socket, Duration patience, int maxAnswer) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new UnixConnection(channel, selector, patience, maxAnswer);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  Bytes ask(Bytes question) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    ByteBuffer out = ByteBuffer.allocate(LENGTH_BYTES + question.size());
    out.putInt(question.size()).put(question.toArray()).flip();
    while (out.hasRemaining()) {
      if (channel.write(out) == 0) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
    int length = read(LENGTH_BYTES, deadline).getInt();
    if (length < 1 || length > maxAnswer) {
      throw new IOException("the answer has " + Integer.toUnsignedString(length) + " bytes");
    }
    return Bytes.of(read(length, deadline).array());
  }

  @Override
  public void close() {
    try (selector;
        channel) {
      // Both are given back.
    } catch (IOException _) {
      // Nobody waits for it any more.
    }
  }

  private ByteBuffer read(int bytes, long deadline) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(bytes);
    while (in.hasRemaining()) {
      int got = channel.read(in);
      if (got < 0) {
        throw new EOFException("the connection was closed");
      }
      if (got == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
    return in.flip();
  }

  private void await(int operation, long deadline) throws IOException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new NoAnswerInTime(patience);
    }
    channel.keyFor(selector).interestOps(operation);
    selector.select(millis);
    selector.selectedKeys().clear();
  }
}
