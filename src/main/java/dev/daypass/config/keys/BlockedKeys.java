package dev.daypass.config.keys;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigProblem;
import dev.daypass.config.file.ConfigText;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file under {@code keys.blocked}: keys that are known to be weak or leaked (CASES 38). Each
 * line holds a fingerprint as {@code ssh-keygen -l} prints it, or a public key; {@code #} begins a
 * comment. One faulty line refuses the file: a key that was meant and not understood would pass.
 */
public final class BlockedKeys {
  private static final int MAX_BYTES = 32 << 20;

  /** More faults than a person reads: then it is the wrong file. */
  private static final int MAX_FAULTS = 50;

  private static final Pattern FINGERPRINT = Pattern.compile("(SHA256:\\S*)(?:\\s+#.*)?");

  private final Path file;
  private final Set<Fingerprint> blocked = new HashSet<>();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private int faults;

  private BlockedKeys(Path file) {
    this.file = file;
  }

  /** The fingerprints that a list names; none without a list. */
  public static Set<Fingerprint> read(Optional<Path> file) throws ConfigInvalid {
    return file.isEmpty() ? Set.of() : new BlockedKeys(file.get()).read();
  }

  private Set<Fingerprint> read() throws ConfigInvalid {
    List<String> lines = ConfigText.read(file, MAX_BYTES).lines().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isEmpty() && !lines.get(i).startsWith("#")) {
        admit(lines.get(i), i + 1);
      }
    }
    if (faults > MAX_FAULTS) {
      problems.add(
          problem(0, "and " + (faults - MAX_FAULTS) + " more lines", "name the right file"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigInvalid(problems);
    }
    return Set.copyOf(blocked);
  }

  private void admit(String line, int number) {
    Matcher matcher = FINGERPRINT.matcher(line);
    boolean fingerprint = matcher.matches();
    try {
      blocked.add(
          fingerprint
              ? Fingerprint.parse(matcher.group(1))
              : SshPublicKey.parse(line).fingerprint());
    } catch (SshFormatException e) {
      faults++;
      if (faults <= MAX_FAULTS) {
        String what = fingerprint ? "is no fingerprint: " : "is neither fingerprint nor key: ";
        problems.add(
            problem(number, what + e.getMessage(), "write SHA256:… as ssh-keygen -lf prints it"));
      }
    }
  }

  private ConfigProblem problem(int line, String message, String remedy) {
    return new ConfigProblem(file, line, "", message, remedy);
  }
}
