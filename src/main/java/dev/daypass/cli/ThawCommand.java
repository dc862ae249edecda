package dev.daypass.cli;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.custody.StateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd thaw --clock}: says to the running daemon that its clock is right. */
@Command(
    name = "thaw",
    description = "Let a daemon sign again that stopped because its clock jumped.")
final class ThawCommand implements Callable<Integer> {
  private final Daypassd root;

  @Option(names = "--clock", description = "You looked at the machine's clock, and it is right.")
  private boolean clock;

  ThawCommand(Daypassd root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    if (!clock) {
      throw new CommandRefused(
          ExitCode.USAGE, "Thaw what?", "look at the machine's clock, then: daypassd thaw --clock");
    }
    String answer = ask(new StateFolder(root.config().state()).operatorSocket());
    if (!answer.startsWith("done ")) {
      throw new CommandRefused(
          "The daemon does not take it: " + answer.replaceFirst("^refused ", "") + ".",
          "set the clock right (timedatectl), then try again");
    }
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("done:", "the daemon believes its clock and signs again");
    terminal.facts(new Facts().add("entry", answer.substring("done ".length())));
    return ExitCode.DONE;
  }

  private static String ask(Path socket) throws CommandRefused {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader in =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      channel.write(ByteBuffer.wrap("thaw-clock\n".getBytes(StandardCharsets.UTF_8)));
      String answer = in.readLine();
      return answer == null ? "refused it hung up" : answer;
    } catch (IOException e) {
      throw new CommandRefused(
          ExitCode.UNREACHABLE,
          "No daemon answers at " + socket + ".",
          "run this as the daemon's user, on its machine, while it runs");
    }
  }
}
