package dev.daypass.fleet.host;

import dev.daypass.fleet.ServerMode;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * A change of what is known of a server, begun and not yet in force.
 *
 * @param id random; the entry names it, so that it is written once
 * @param basis the newest entry about the server as it was when the change was thought of; none if
 *     it joins
 * @param labels those that hold afterwards, as {@code mode} does
 * @param by the operator, or the host itself
 * @param why the operator's reason, or how the host came to join; not empty
 */
public record HostChange(
    String id,
    Kind kind,
    Optional<EntryNumber> basis,
    HostName name,
    Map<String, String> labels,
    SshPublicKey key,
    ServerMode mode,
    String by,
    String why,
    Instant at) {
  public HostChange {
    labels = Map.copyOf(labels);
    at = at.truncatedTo(ChronoUnit.MILLIS); // as it is stored
    if (basis.isEmpty() != (kind == Kind.JOINED)) {
      throw new IllegalArgumentException("a server joins anew, all else builds on what was");
    }
  }

  /** What happens to the server. */
  public enum Kind {
    JOINED(EntryKind.HOST_JOINED),
    CHANGED(EntryKind.HOST_CHANGED),
    LEFT(EntryKind.HOST_LEFT);

    private final EntryKind entry;

    Kind(EntryKind entry) {
      this.entry = entry;
    }

    /** The kind of its entry. */
    public EntryKind entry() {
      return entry;
    }
  }
}
