package dev.daypass.cli.host;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Spans;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.config.file.ConfigInvalid;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daypassd hosts}: which servers there are, and how another one joins. */
@Command(name = "hosts", description = "Let servers join, look at them, relabel or remove them.")
public final class HostsCommand {
  private static final String SEE = "see which servers there are: daypassd hosts list";

  private final Invocation root;

  public HostsCommand(Invocation root) {
    this.root = root;
  }

  @Command(description = "Make a token with which one server joins, once, under this name.")
  int token(
      @Parameters(paramLabel = "NAME", description = "The server's name, as ssh asks for it.")
          String name,
      @Option(names = "--label", paramLabel = "K=V", description = "A label; may be repeated.")
          @Nullable List<String> labels,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "1h",
              description = "How long it is good (default: ${DEFAULT-VALUE}).")
          String lifetime)
      throws Exception {
    List<String> answer =
        ask("take a free name: daypassd hosts list", "host-token", name, lifetime, labels);
    Instant until = Instant.parse(answer.getFirst());
    Terminal terminal = terminal();
    terminal.good("made:", "a token with which " + name + " joins, once");
    terminal.facts(new Facts().add("until", Spans.exact(until) + ", " + left(until)));
    terminal.remedy(2, "on " + name + ", as root: daypass-host join " + root.config().url());
    terminal.remedy(2, "whoever has it first is that server; this is the only time it is shown");
    terminal.say(answer.get(1));
    return ExitCode.DONE;
  }

  @Command(description = "List the servers that joined, and those that ask to.")
  int list() throws Exception {
    List<String> answer = ask(SEE, "list-hosts");
    Terminal terminal = terminal();
    List<List<String>> lines =
        answer.stream().skip(1).map(HostsCommand::words).filter(line -> line.size() == 6).toList();
    if (lines.isEmpty()) {
      terminal.say("No server has joined, and none asks to.");
      terminal.remedy(2, "let one join: daypassd hosts token NAME --label env=prod");
    }
    for (List<String> line : lines) {
      print(line, terminal);
    }
    return ExitCode.DONE;
  }

  @Command(description = "Let a server in that asks, after comparing its fingerprint with it.")
  int approve(
      @Parameters(paramLabel = "FINGERPRINT", description = "Of its host key: SHA256:…")
          String fingerprint,
      @Option(names = "--name", paramLabel = "NAME", required = true, description = "Its name.")
          String name,
      @Option(names = "--label", paramLabel = "K=V", description = "A label; may be repeated.")
          @Nullable List<String> labels)
      throws Exception {
    String entry =
        ask("see who asks: daypassd hosts list", "approve-host", fingerprint, name, labels)
            .getFirst();
    return done(name + " has joined", entry);
  }

  @Command(description = "Give a server these labels, and no others.")
  int relabel(
      @Parameters(paramLabel = "NAME", description = "The server.") String name,
      @Option(names = "--label", paramLabel = "K=V", description = "A label; may be repeated.")
          @Nullable List<String> labels,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
          String reason)
      throws Exception {
    String entry = ask(SEE, "relabel-host", name, reason, labels).getFirst();
    return done(name + " has these labels; its map follows as it asks for it", entry);
  }

  @Command(description = "Take a server out; it gets nothing more. Its name is free again.")
  int remove(
      @Parameters(paramLabel = "NAME", description = "The server.") String name,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
          String reason)
      throws Exception {
    String entry = ask(SEE, "remove-host", name, reason).getFirst();
    int code = done(name + " has left", entry);
    terminal().remedy(2, "on " + name + " itself, as root: daypass-host leave");
    return code;
  }

  private int done(String what, String entry) {
    Terminal terminal = terminal();
    terminal.good("done:", what);
    terminal.facts(new Facts().add("entry", entry));
    return ExitCode.DONE;
  }

  private void print(List<String> line, Terminal terminal) {
    boolean joined = line.getFirst().equals("joined");
    terminal.heading(line.get(1) + (joined ? "" : "  asks to join"));
    Facts facts =
        new Facts()
            .add("key", line.get(2))
            .add(joined ? "joined" : "asked", Spans.exact(Instant.parse(line.get(3))))
            .add(joined ? "labels" : "from", line.get(4).isEmpty() ? "none" : line.get(4))
            .add("mode", line.get(5));
    terminal.facts(facts);
    if (!joined) {
      terminal.remedy(
          2,
          "if that is its fingerprint: daypassd hosts approve %s --name %s --label K=V"
              .formatted(line.get(2), line.get(1)));
    }
  }

  private String left(Instant until) {
    Duration left = Duration.between(root.surroundings().clock().instant(), until);
    return "for " + Spans.words(left);
  }

  private Terminal terminal() {
    return Terminal.out(root.surroundings());
  }

  private List<String> ask(
      String remedy, String command, String one, String two, @Nullable List<String> more)
      throws ConfigInvalid, CommandRefused {
    List<String> words = new ArrayList<>(List.of(one, two));
    words.addAll(more == null ? List.of() : more);
    return ask(remedy, command, words.toArray(String[]::new));
  }

  private List<String> ask(String remedy, String command, String... words)
      throws ConfigInvalid, CommandRefused {
    return OperatorCall.of(root).ask(remedy, command, words);
  }

  private static List<String> words(String line) {
    return Stream.of(line.split(" ", -1))
        .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
        .toList();
  }
}
