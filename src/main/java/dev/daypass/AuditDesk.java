package dev.daypass;

import dev.daypass.identity.Identity;
import dev.daypass.identity.Username;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.store.SqliteIdentityRegistry;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.audit.LedgerReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the ledger for auditors, and writes down what they take away. */
record AuditDesk(Ledger ledger, EntryBrowser browser, SqliteIdentityRegistry people)
    implements LedgerReader {
  private static final Logger LOG = LoggerFactory.getLogger(AuditDesk.class);

  static AuditDesk of(Foundation base) {
    return new AuditDesk(
        base.ledger(),
        new EntryBrowser(base.stores().ledger(), base.ledger()::size),
        base.stores().identities());
  }

  @Override
  public EntryPage page(EntryFilter filter, Optional<EntryNumber> before, int limit)
      throws IOException {
    try {
      return browser.page(resolved(filter), before, limit);
    } catch (StoreFailed e) {
      throw new IOException(e);
    }
  }

  @Override
  public Optional<ReadEntry> entry(EntryNumber number) throws IOException {
    try {
      return browser.entry(number);
    } catch (StoreFailed e) {
      throw new IOException(e);
    }
  }

  @Override
  public List<ReadEntry> about(EntryNumber number, int limit) throws IOException {
    try {
      return browser.about(number, limit);
    } catch (StoreFailed e) {
      throw new IOException(e);
    }
  }

  @Override
  public Optional<String> proof(EntryNumber number) throws IOException {
    try {
      Optional<Receipt> receipt = ledger.receipt(number);
      return receipt.map(
          proven -> new String(proven.proofText().toArray(), StandardCharsets.UTF_8));
    } catch (LedgerUnavailable _) {
      // A ledger that never signs can still be read.
      return Optional.empty();
    }
  }

  @Override
  public Optional<Export> export(EntryFilter filter, Identity who, String how) {
    try {
      JsonObject details = told(filter, who, how);
      Draft draft = Draft.of(EntryKind.EXPORT_MADE, details, IdentityDetails.searchKeys(who.id()));
      SignedCheckpoint until = ledger.append(draft).checkpoint();
      return Optional.of(new Taken(browser, filter, until));
    } catch (LedgerUnavailable e) {
      LOG.warn("an export waits for the ledger: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** The search column knows a person by the identity that has the username. */
  private EntryFilter resolved(EntryFilter filter) throws StoreFailed {
    Optional<Username> username = filter.person().flatMap(Username::parse);
    return username.isEmpty()
        ? filter
        : people
            .owner(username.get())
            .map(id -> filter.ofIdentity(IdentityDetails.searchKey(id)))
            .orElse(filter);
  }

  private static JsonObject told(EntryFilter filter, Identity who, String how) {
    return JsonObject.builder()
        .put("identity", IdentityDetails.of(who))
        .put("format", how)
        .put("kind", filter.kind().map(EntryKind::wireName))
        .put("person", filter.person())
        .put("role", filter.role())
        .put("server", filter.server())
        .put("key", filter.key().map(Object::toString))
        .put("reason_part", filter.reason())
        .put("from", filter.from().map(Instant::toString))
        .put("to", filter.until().map(Instant::toString))
        .put("text_part", filter.text())
        .build();
  }

  private record Taken(EntryBrowser browser, EntryFilter filter, SignedCheckpoint until)
      implements Export {
    @Override
    public void each(Visitor visitor) throws IOException {
      try {
        browser.visit(filter, until.checkpoint().size(), visitor::take);
      } catch (StoreFailed e) {
        throw new IOException(e);
      }
    }

    @Override
    public Optional<String> checkpoint() {
      return filter.equals(EntryFilter.ALL) ? Optional.of(until.note().encode()) : Optional.empty();
    }
  }
}
