package dev.daypass.cli.ledger;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.call.OperatorCall;
import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.SecretPrompt;
import dev.daypass.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code daypassd ledger erase}: details of an entry, or everything about a person. */
@Command(
    name = "erase",
    description = {
      "Erase the details of an entry, or all that names a person; the entries stay, and one more",
      "says what was erased, by whom and why. It cannot be undone."
    })
public final class LedgerEraseCommand implements Callable<Integer> {
  private final Invocation root;

  @Parameters(paramLabel = "N", arity = "0..1", description = "The entry's number.")
  private Optional<Long> number = Optional.empty();

  @Option(names = "--person", paramLabel = "USER", description = "All about this username.")
  private Optional<String> person = Optional.empty();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stays in the ledger for ever, so name nobody in it.")
  private String reason = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  public LedgerEraseCommand(Invocation root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    if (number.isPresent() == person.isPresent()) {
      throw new CommandRefused(
          ExitCode.USAGE, "One thing is erased at a time.", "name an entry, or --person USER");
    }
    String what =
        number.isPresent()
            ? "the details of entry " + number.get()
            : "everything about " + person.orElseThrow();
    if (!yes) {
      confirm(what);
    }
    List<String> answer =
        OperatorCall.of(root)
            .ask(
                "look at it first: daypassd ledger search",
                number.isPresent() ? "erase-entry" : "erase-person",
                number.map(String::valueOf).or(() -> person).orElseThrow(),
                reason);
    print(what, answer);
    return ExitCode.DONE;
  }

  private void print(String what, List<String> answer) {
    String[] words = answer.getFirst().split(" ", -1);
    Terminal terminal = Terminal.out(root.surroundings());
    terminal.good("done:", what + (number.isPresent() ? " are" : " is") + " erased");
    Facts facts = new Facts().add("details erased", words[0]);
    if (!words[2].equals("-")) {
      facts.add("said in entry", words[2].replace(",", ", "));
    }
    if (!words[3].equals("-")) {
      facts.add("kept", "details of " + words[3].replace(",", ", ") + ", which the ledger needs");
    }
    facts.add(
        "in the files",
        words[1].equals("gone")
            ? "gone"
            : "a reader keeps older pages for now; they go as soon as it is done");
    terminal.facts(facts.addAll("not reached", answer.subList(1, answer.size())));
  }

  private void confirm(String what) throws CommandRefused {
    Optional<SecretPrompt> somebody = root.surroundings().secrets();
    if (somebody.isEmpty()) {
      throw new CommandRefused(
          ExitCode.USAGE,
          "This erases " + what + " for good.",
          "nobody is here to confirm it: add --yes");
    }
    Terminal.out(root.surroundings()).say("This erases " + what + " for good.");
    if (somebody
        .get()
        .ask("Type yes to erase: ")
        .filter(answer -> new String(answer).equals("yes"))
        .isEmpty()) {
      throw new CommandRefused("Nothing was erased.", "type yes, or add --yes");
    }
  }
}
