package dev.daypass.cli.login;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daypassd logins list}: who is logged in, from where, until when. */
@Command(name = "list", description = "List the open logins of a running daemon.")
public final class LoginsListCommand implements Callable<Integer> {
  private final Invocation root;

  @Option(names = "--user", paramLabel = "USER", description = "Only those of this username.")
  private Optional<String> user = Optional.empty();

  public LoginsListCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    List<String> answer =
        OperatorCall.of(root)
            .ask("look at the daemon's log", "list-logins", user.stream().toArray(String[]::new));
    Terminal terminal = Terminal.out(root.surroundings());
    List<String> logins = answer.subList(1, answer.size());
    if (logins.isEmpty()) {
      terminal.say(user.map(name -> name + " is not logged in.").orElse("Nobody is logged in."));
    }
    for (String login : logins) {
      print(Stream.of(login.split(" ", -1)).map(LoginsListCommand::decoded).toList(), terminal);
    }
    return ExitCode.DONE;
  }

  private void print(List<String> login, Terminal terminal) {
    Instant until = Instant.parse(login.get(8));
    Duration left = Duration.between(root.surroundings().clock().instant(), until);
    terminal.heading(login.get(1) + "  " + login.get(3));
    terminal.facts(
        new Facts()
            .add("login", login.get(0))
            .add("until", Spans.exact(until) + remaining(left))
            .add("opened", Spans.exact(Instant.parse(login.get(7))))
            .add("from", login.get(5) + " (" + login.get(4) + ", " + login.get(2) + ")")
            .add("key", login.get(6)));
  }

  private static String remaining(Duration left) {
    return left.isPositive()
        ? ", for " + Spans.words(left)
        : ", which is over; certificates of it are still watched";
  }

  private static String decoded(String word) {
    return URLDecoder.decode(word, StandardCharsets.UTF_8);
  }
}
