package dev.daypass;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's door: a Unix socket in the state folder whose file mode says who may knock (DESIGN
 * section 7). One line asks, one line answers: {@code thaw-clock}, then {@code done 17} or {@code
 * refused} and why.
 *
 * <p>One thread of its own serves one caller at a time; nothing on a request's way waits for it.
 */
final class OperatorSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorSocket.class);
  private static final int MAX_LINE = 256;

  private final Path path;
  private final ServerSocketChannel channel;
  private final Map<String, Command> commands;

  private OperatorSocket(Path path, ServerSocketChannel channel, Map<String, Command> commands) {
    this.path = path;
    this.channel = channel;
    this.commands = Map.copyOf(commands);
  }

  /** What one word makes the daemon do. */
  @FunctionalInterface
  interface Command {
    /** Answers the line to send back; {@code operator} is the caller's user on this machine. */
    String run(String operator);
  }

  /**
   * Opens the door. The caller holds the lock on the state, so a socket file that lies there was
   * left by a daemon that is gone.
   */
  static OperatorSocket open(Path path, Map<String, Command> commands) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    OperatorSocket socket = new OperatorSocket(path, channel, commands);
    Thread.ofPlatform().daemon().name("operator").start(socket::serve);
    return socket;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  private void serve() {
    while (channel.isOpen()) {
      try (SocketChannel caller = channel.accept()) {
        answer(caller);
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.warn("an operator's command was not answered", e);
      }
    }
  }

  private void answer(SocketChannel caller) throws IOException {
    String operator = caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    String answer =
        line(caller)
            .flatMap(word -> Optional.ofNullable(commands.get(word)))
            .map(command -> command.run(operator))
            .orElse("refused no such command");
    caller.write(ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<String> line(SocketChannel caller) throws IOException {
    BufferedReader reader =
        new BufferedReader(Channels.newReader(caller, StandardCharsets.UTF_8), MAX_LINE);
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c >= 0 && line.length() < MAX_LINE; c = reader.read()) {
      if (c == '\n') {
        return Optional.of(line.toString());
      }
      line.append((char) c);
    }
    return Optional.empty();
  }
}
