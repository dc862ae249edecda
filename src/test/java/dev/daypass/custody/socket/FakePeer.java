package dev.daypass.custody.socket;

import dev.daypass.ssh.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The other end of a Unix socket, which answers as a test says; closing it cuts every line. */
public final class FakePeer implements AutoCloseable {
  private final Path socket;
  private final Answers answers;
  private final ServerSocketChannel listener;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  /** What to do about a question. */
  @FunctionalInterface
  public interface Answers {
    void answer(Bytes question, DataOutputStream out) throws IOException;
  }

  private FakePeer(Path socket, Answers answers, ServerSocketChannel listener) {
    this.socket = socket;
    this.answers = answers;
    this.listener = listener;
  }

  public static FakePeer at(Path socket, Answers answers) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    FakePeer peer = new FakePeer(socket, answers, listener);
    Thread.ofPlatform().daemon().start(peer::listen);
    return peer;
  }

  /** How many connections were ever made. */
  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
    Files.deleteIfExists(socket);
  }

  private void listen() {
    try {
      while (true) {
        SocketChannel caller = listener.accept();
        connections.incrementAndGet();
        open.add(caller);
        Thread.ofPlatform().daemon().start(() -> serve(caller));
      }
    } catch (ClosedChannelException _) {
      // The test is over.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve(SocketChannel caller) {
    try (caller;
        DataInputStream in = new DataInputStream(Channels.newInputStream(caller));
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(caller))) {
      while (true) {
        answers.answer(Bytes.of(in.readNBytes(in.readInt())), out);
        out.flush();
      }
    } catch (EOFException | ClosedChannelException _) {
      // It has all that it wanted, or the peer was cut off.
    } catch (IOException _) {
      // A caller that hung up.
    }
  }
}
