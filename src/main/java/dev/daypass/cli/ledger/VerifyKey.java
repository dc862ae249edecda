package dev.daypass.cli.ledger;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which ledger is believed: its name and the keys that signed for it, each in its time. */
record VerifyKey(String origin, List<Ed25519PublicKey> keys) {
  /** What the configuration names. */
  record Configured(List<String> keys, String origin) {}

  /** Reads the configuration, only where something is not said otherwise. */
  @FunctionalInterface
  interface Configuration {
    Configured read() throws ConfigInvalid, CommandRefused, IOException;
  }

  /**
   * @param keys vkeys, or files with one or with an SSH public key; the configured ones if none
   */
  static VerifyKey of(List<String> keys, @Nullable String origin, Configuration configuration)
      throws CommandRefused, ConfigInvalid, IOException {
    List<Ed25519PublicKey> believed = new ArrayList<>();
    if (keys.isEmpty()) {
      Configured configured = configuration.read();
      for (String line : configured.keys()) {
        believed.add(ofSsh(line));
      }
      return new VerifyKey(origin == null ? configured.origin() : origin, believed);
    }
    String named = origin;
    for (String key : keys) {
      String text = key.contains("+") && !Files.exists(Path.of(key)) ? key : line(Path.of(key));
      if (!text.contains("+") || text.contains(" ")) {
        named = named == null ? configuration.read().origin() : named;
        believed.add(ofSsh(text));
      } else {
        NoteKey vkey = vkey(text, key);
        named = named == null ? vkey.name() : named;
        believed.add(new Ed25519PublicKey(Bytes.of(vkey.publicKey().toArray())));
      }
    }
    return new VerifyKey(Objects.requireNonNull(named), believed);
  }

  private static NoteKey vkey(String text, String said) throws CommandRefused {
    try {
      return NoteKey.parse(text);
    } catch (TlogFormatException | IllegalArgumentException e) {
      throw noKey(said + ": " + e.getMessage());
    }
  }

  /** The checkpoint of the largest tree; those that are none are left out. */
  static Optional<SignedNote> largest(List<SignedNote> notes) {
    long most = -1;
    Optional<SignedNote> largest = Optional.empty();
    for (SignedNote note : notes) {
      try {
        long size = Checkpoint.parse(note.text()).size().value();
        if (size > most) {
          most = size;
          largest = Optional.of(note);
        }
      } catch (TlogFormatException _) {
        // It was named as a fault before.
      }
    }
    return largest;
  }

  private static Ed25519PublicKey ofSsh(String line) throws CommandRefused {
    try {
      String[] words = line.split(" +", 3);
      String bare = words.length > 1 ? words[0] + " " + words[1] : line;
      if (SshPublicKey.parse(bare) instanceof Ed25519PublicKey found) {
        return found;
      }
      throw noKey("it is of another type");
    } catch (SshFormatException e) {
      throw noKey(String.valueOf(e.getMessage()));
    }
  }

  /** What stands in that file. */
  static String line(Path file) throws CommandRefused {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      throw new CommandRefused(
          "there is no public key in " + file, "daypassd init makes it; name the right --state");
    }
  }

  private static CommandRefused noKey(String why) {
    return new CommandRefused(
        ExitCode.USAGE,
        "that is no Ed25519 key of a ledger: " + why,
        "give --key the file keys/ledger.pub, or a vkey");
  }
}
