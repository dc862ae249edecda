package dev.daypass.cli.report;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import java.util.BitSet;
import java.util.Optional;

/** What became of certificates, a bit each: later entries say it, whenever they were written. */
final class Fates {
  private final BitSet failed = new BitSet();
  private final BitSet used = new BitSet();
  private final BitSet revoked = new BitSet();

  void learn(ReadEntry entry) {
    EntryKind kind = entry.entry().kind();
    if (kind == EntryKind.CERTIFICATE_FAILED) {
      entry.details().flatMap(details -> details.text("entry")).ifPresent(t -> mark(failed, t));
    } else if (kind == EntryKind.SESSION_OPENED) {
      entry.details().flatMap(details -> details.text("serial")).ifPresent(t -> mark(used, t));
    } else if (kind == EntryKind.REVOCATION_ADDED) {
      entry.details().ifPresent(this::revocation);
    }
  }

  boolean isReleased(ReadEntry grant) {
    return !failed.get(index(grant));
  }

  boolean isUsed(ReadEntry grant) {
    return used.get(index(grant));
  }

  boolean isRevoked(ReadEntry grant) {
    return revoked.get(index(grant));
  }

  private void revocation(JsonObject details) {
    details.texts("serials").forEach(serial -> mark(revoked, serial));
  }

  private static void mark(BitSet bits, String serial) {
    Optional.of(serial)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Integer::valueOf)
        .ifPresent(bits::set);
  }

  private static int index(ReadEntry entry) {
    return Math.toIntExact(entry.number().value());
  }
}
