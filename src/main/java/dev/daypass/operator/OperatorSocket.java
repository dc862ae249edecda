package dev.daypass.operator;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.URLEncoder;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's door: a Unix socket in the state folder whose file mode says who may knock (DESIGN
 * section 7). One line asks: a command and its words, each percent-encoded, between spaces. Lines
 * answer, the first of them {@code done 17} or {@code refused} and why.
 *
 * <p>One thread of its own serves one caller at a time; nothing on a request's way waits for it.
 */
public final class OperatorSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorSocket.class);

  /** A trust bundle fits in, encoded. */
  private static final int MAX_LINE = 1024 * 1024;

  private static final int BUFFER = 4096;

  private final Path path;
  private final ServerSocketChannel channel;

  /** Those of parts that start later are added when they have. */
  private final Map<String, Command> commands;

  private OperatorSocket(Path path, ServerSocketChannel channel, Map<String, Command> commands) {
    this.path = path;
    this.channel = channel;
    this.commands = new ConcurrentHashMap<>(commands);
  }

  /** What one word makes the daemon do. */
  @FunctionalInterface
  public interface Command {
    /** Answers the lines to send back; {@code operator} is the caller's user on this machine. */
    String run(String operator, List<String> words);
  }

  /**
   * Opens the door. The caller holds the lock on the state, so a socket file that lies there was
   * left by a daemon that is gone.
   */
  public static OperatorSocket open(Path path, Map<String, Command> commands) throws IOException {
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

  /** Takes these commands too from now on. */
  public void offer(Map<String, Command> more) {
    commands.putAll(more);
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
        line(caller).map(line -> answer(operator, line)).orElse("refused no such command");
    ByteBuffer bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      caller.write(bytes);
    }
  }

  private String answer(String operator, String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    Optional<Command> command = Optional.ofNullable(commands.get(words.removeFirst()));
    return command
        .map(known -> known.run(operator, words.stream().map(OperatorSocket::decoded).toList()))
        .orElse("refused no such command");
  }

  /** Words as they stand in a line. */
  static String words(List<String> words) {
    return words.stream()
        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
        .collect(Collectors.joining(" "));
  }

  private static String decoded(String word) {
    return URLDecoder.decode(word, StandardCharsets.UTF_8);
  }

  private static Optional<String> line(SocketChannel caller) throws IOException {
    BufferedReader reader =
        new BufferedReader(Channels.newReader(caller, StandardCharsets.UTF_8), BUFFER);
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
