package dev.daypass.ledger.verify;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Follows revocations through a ledger (DESIGN sections 6 and 7): each takes back what was granted
 * before it, each is soon in a published list, the lists' numbers rise and are never ahead of the
 * ledger, and nothing is granted while issuance is frozen.
 */
final class RevocationTrail {
  /** By when a list follows a revocation, or the start of a daemon that takes it up. */
  private static final Duration PUBLISHED_WITHIN = Duration.ofMinutes(10);

  /** How late a request that was under way may still be written; it gets nothing. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private final Consumer<LedgerFault> faults;

  /** Numbers of entries that granted a certificate; a ledger verified here fits into an int. */
  private final BitSet grants = new BitSet();

  /** When revocations that no list has yet were written, by their numbers. */
  private final TreeMap<Long, Instant> unpublished = new TreeMap<>();

  private long lastList = -1;
  private Optional<Instant> frozen = Optional.empty();
  private Instant lastStart = Instant.MIN;

  RevocationTrail(Consumer<LedgerFault> faults) {
    this.faults = faults;
  }

  /** The next entry; its details are empty if they are gone. */
  void add(long number, Entry entry, Optional<JsonObject> details) {
    switch (entry.kind()) {
      case CERTIFICATE_GRANTED, HOST_CERTIFICATE_GRANTED -> granted(number, entry);
      case REVOCATION_ADDED -> {
        details.ifPresent(said -> revoked(number, said));
        unpublished.put(number, entry.at());
      }
      case KRL_PUBLISHED -> published(number, entry);
      case DAEMON_STARTED -> lastStart = entry.at();
      case ISSUANCE_FROZEN -> frozen = frozen.or(() -> Optional.of(entry.at()));
      case ISSUANCE_THAWED -> thawed(number);
      default -> {}
    }
  }

  /** All entries were added, the newest of that time. */
  void finish(Instant newestAt) {
    for (Map.Entry<Long, Instant> revocation : unpublished.entrySet()) {
      Instant at = revocation.getValue();
      Instant due = (at.isAfter(lastStart) ? at : lastStart).plus(PUBLISHED_WITHIN);
      if (newestAt.isAfter(due)) {
        fault(revocation.getKey(), "no list was published that has this revocation");
      }
    }
  }

  private void granted(long number, Entry entry) {
    grants.set(Math.toIntExact(number));
    if (entry.kind() == EntryKind.CERTIFICATE_GRANTED
        && frozen.isPresent()
        && entry.at().isAfter(frozen.get().plus(UNDER_WAY))) {
      fault(number, "it was granted while issuance was frozen");
    }
  }

  private void revoked(long number, JsonObject details) {
    if (details.text("target").isPresent()
        && details.text("login").isEmpty()
        && details.text("why").filter(why -> !why.isBlank()).isEmpty()) {
      fault(number, "it revokes without a reason");
    }
    if (details.value("serials").orElse(null) instanceof JsonArray(var serials)) {
      serials.stream()
          .filter(serial -> !(serial instanceof JsonText(String text) && isGrant(text)))
          .findFirst()
          .ifPresent(_ -> fault(number, "it revokes a serial that was not granted before it"));
    }
  }

  private boolean isGrant(String serial) {
    return serial.matches("[1-9][0-9]{0,8}") && grants.get(Integer.parseInt(serial));
  }

  private void published(long number, Entry entry) {
    long list = entry.publicPart().flatMap(part -> part.integer("number")).orElse(-1L);
    if (list <= lastList) {
      fault(number, "its list is not newer than the one before");
    }
    if (list > number) {
      fault(number, "its list is ahead of the ledger");
    }
    lastList = Math.max(lastList, list);
    // A list has what was written before it was made: its number is the ledger's size then.
    unpublished.headMap(list).clear();
  }

  private void thawed(long number) {
    if (frozen.isEmpty()) {
      fault(number, "it thaws what was not frozen");
    }
    frozen = Optional.empty();
  }

  private void fault(long number, String problem) {
    faults.accept(LedgerFault.of(number, problem));
  }
}
