package dev.daypass.web;

import dev.daypass.identity.Identity;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.audit.LedgerReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers with what a test gives it, and remembers what it was asked. */
final class FakeLedgerReader implements LedgerReader {
  final List<EntryFilter> asked = new ArrayList<>();
  final List<String> exports = new ArrayList<>();
  List<ReadEntry> entries = List.of();
  List<ReadEntry> about = List.of();
  Optional<EntryNumber> next = Optional.empty();
  int limit;
  Optional<EntryNumber> before = Optional.empty();
  boolean unreadable;
  int breaksAfter = Integer.MAX_VALUE;

  @Override
  public EntryPage page(EntryFilter filter, Optional<EntryNumber> from, int most)
      throws IOException {
    requireReadable();
    asked.add(filter);
    before = from;
    limit = most;
    return new EntryPage(entries, next);
  }

  @Override
  public Optional<ReadEntry> entry(EntryNumber number) throws IOException {
    requireReadable();
    return entries.stream().filter(entry -> entry.number().equals(number)).findFirst();
  }

  @Override
  public List<ReadEntry> about(EntryNumber number, int most) {
    return about;
  }

  @Override
  public Optional<String> proof(EntryNumber number) {
    return Optional.of("c2sp.org/tlog-proof@v1\nindex " + number + "\n");
  }

  @Override
  public Optional<Export> export(EntryFilter filter, Identity who, String how) {
    if (unreadable) {
      return Optional.empty();
    }
    exports.add(who.username().text() + " " + how);
    asked.add(filter);
    return Optional.of(
        new Export() {
          @Override
          public void each(Visitor visitor) throws IOException {
            int taken = 0;
            for (ReadEntry entry : entries) {
              if (taken++ == breaksAfter) {
                throw new IOException("injected");
              }
              visitor.take(entry);
            }
          }

          @Override
          public Optional<String> checkpoint() {
            return Optional.of("note\n");
          }
        });
  }

  private void requireReadable() throws IOException {
    if (unreadable) {
      throw new IOException("injected");
    }
  }
}
