package dev.daypass.web.console.story;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.read.EntryFilter;
import java.util.Optional;

/** Filters that ask for one thing. */
public final class OfKind {
  private OfKind() {}

  /** All entries of a kind. */
  public static EntryFilter of(EntryKind kind) {
    return with(Optional.of(kind), Optional.empty(), Optional.empty());
  }

  /** All entries of a role. */
  public static EntryFilter ofRole(String role) {
    return with(Optional.empty(), Optional.of(role), Optional.empty());
  }

  /** All entries of a kind that name a server. */
  public static EntryFilter ofServer(EntryKind kind, String server) {
    return with(Optional.of(kind), Optional.empty(), Optional.of(server));
  }

  private static EntryFilter with(
      Optional<EntryKind> kind, Optional<String> role, Optional<String> server) {
    return new EntryFilter(
        kind,
        Optional.empty(),
        Optional.empty(),
        role,
        server,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
