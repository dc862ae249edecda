package dev.daypass.cli;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.terminal.SecretPrompt;
import dev.daypass.custody.KeyFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the passphrase of a new root key comes from: a file if one is named, else the person at the
 * terminal, else nowhere. Nothing typed means that the key is not encrypted, and {@code init} then
 * says so.
 */
record RootPassphrase(Optional<Path> file, Optional<SecretPrompt> terminal) {
  Optional<char[]> read() throws CommandRefused {
    if (file.isPresent()) {
      return Optional.of(of(file.get()));
    }
    return terminal.isPresent() ? typed(terminal.get()) : Optional.empty();
  }

  private static char[] of(Path file) throws CommandRefused {
    try {
      return KeyFile.passphrase(file);
    } catch (NoSuchFileException _) {
      throw new CommandRefused(
          "there is no file " + file, "write the passphrase into it, mode 0600");
    } catch (IOException e) {
      throw new CommandRefused(
          String.valueOf(e.getMessage()), "the file holds the passphrase alone, for you alone");
    }
  }

  /** Twice, as nobody could see a slip; the root key would be lost with it. */
  private static Optional<char[]> typed(SecretPrompt terminal) throws CommandRefused {
    char[] first = answer(terminal, "Passphrase for the root key (empty for none): ");
    if (first.length == 0) {
      return Optional.empty();
    }
    char[] second = answer(terminal, "The same passphrase again: ");
    boolean same = Arrays.equals(first, second);
    Arrays.fill(second, '\0');
    if (!same) {
      Arrays.fill(first, '\0');
      throw new CommandRefused("the two passphrases differ", "run init again; nothing was made");
    }
    return Optional.of(first);
  }

  private static char[] answer(SecretPrompt terminal, String question) throws CommandRefused {
    Optional<char[]> typed = terminal.ask(question);
    if (typed.isEmpty()) {
      throw new CommandRefused("no passphrase was given", "run init again; nothing was made");
    }
    return typed.get();
  }
}
