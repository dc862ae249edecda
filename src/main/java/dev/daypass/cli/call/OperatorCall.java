package dev.daypass.cli.call;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.custody.StateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A question to the running daemon through its operator's socket (DESIGN section 7). */
public final class OperatorCall {
  private static final String DONE = "done ";
  private static final String REFUSED = "refused ";

  private final Path socket;

  private OperatorCall(Path socket) {
    this.socket = socket;
  }

  /** To the daemon of that configuration. */
  public static OperatorCall of(Invocation call) throws ConfigInvalid {
    return new OperatorCall(new StateFolder(call.config().state()).operatorSocket());
  }

  /**
   * Asks, and answers what follows {@code done}: the rest of its line, then the other lines.
   *
   * @param remedy what to do if the daemon does not take it, and does not say itself
   */
  public List<String> ask(String remedy, String command, String... words) throws CommandRefused {
    String line =
        Stream.concat(
                Stream.of(command),
                Stream.of(words).map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8)))
            .collect(Collectors.joining(" "));
    List<String> answer = lines(line);
    String first = answer.isEmpty() ? "refused it hung up" : answer.getFirst();
    if (!first.startsWith(DONE)) {
      String why = first.startsWith(REFUSED) ? first.substring(REFUSED.length()) : first;
      String stop = why.endsWith(".") ? "" : ".";
      throw new CommandRefused(
          "The daemon does not take it: " + why + stop, answer.size() > 1 ? answer.get(1) : remedy);
    }
    return Stream.concat(Stream.of(first.substring(DONE.length())), answer.stream().skip(1))
        .toList();
  }

  private List<String> lines(String line) throws CommandRefused {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader in =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return in.readAllLines();
    } catch (IOException e) {
      throw new CommandRefused(
          ExitCode.UNREACHABLE,
          "No daemon answers at " + socket + ".",
          "run this as the daemon's user, on its machine, while it runs");
    }
  }
}
