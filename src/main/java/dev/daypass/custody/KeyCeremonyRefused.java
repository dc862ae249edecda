package dev.daypass.custody;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A key ceremony that would have overwritten something; nothing was written. */
public final class KeyCeremonyRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Path> present;

  KeyCeremonyRefused(List<Path> present) {
    super(
        present.stream()
            .map(path -> "  " + path)
            .collect(Collectors.joining("\n", "already there, and never overwritten:\n", "")));
    this.present = List.copyOf(present);
  }

  /** Everything that is in the way. */
  public List<Path> present() {
    return present;
  }
}
