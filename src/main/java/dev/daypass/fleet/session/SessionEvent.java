package dev.daypass.fleet.session;

import dev.daypass.ledger.entry.EntryKind;
import java.util.Arrays;
import java.util.Optional;

/** What a server reports of a session. */
public enum SessionEvent {
  OPENED("opened", EntryKind.SESSION_OPENED),
  CLOSED("closed", EntryKind.SESSION_CLOSED),
  /** The server itself found something wrong. */
  ALARM("alarm", EntryKind.SESSION_ALARM);

  private final String wireName;
  private final EntryKind entry;

  SessionEvent(String wireName, EntryKind entry) {
    this.wireName = wireName;
    this.entry = entry;
  }

  public static Optional<SessionEvent> ofWireName(String word) {
    return Arrays.stream(values()).filter(event -> event.wireName.equals(word)).findFirst();
  }

  public String wireName() {
    return wireName;
  }

  EntryKind entry() {
    return entry;
  }
}
