package dev.daypass;

import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.login.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells people their own part of the ledger (DESIGN section 7, {@code GET /v1/history}): found by
 * the search column of the identity, which is indexed.
 */
record LedgerHistory(Ledger ledger) implements History {
  @Override
  public List<Line> of(IdentityId identity, int limit) throws Unreadable {
    EntrySearch search =
        EntrySearch.of(Optional.empty(), IdentityDetails.searchKeys(identity), limit);
    try {
      List<Line> lines = new ArrayList<>();
      for (EntryNumber number : ledger.search(search)) {
        Optional<Entry> entry = ledger.entry(number);
        if (entry.isPresent()) {
          lines.add(line(number, entry.get(), ledger.details(number)));
        }
      }
      return List.copyOf(lines);
    } catch (LedgerUnavailable | JsonFormatException e) {
      throw new Unreadable(e);
    }
  }

  private static Line line(EntryNumber number, Entry entry, Optional<Bytes> encoded)
      throws JsonFormatException {
    EntryKind kind = entry.kind();
    Map<String, String> facts = new LinkedHashMap<>();
    if (kind == EntryKind.CERTIFICATE_GRANTED) {
      facts.put("serial", number.toString());
    }
    if (encoded.isEmpty()) {
      return new Line(number, entry.at(), kind.wireName(), "erased", facts);
    }
    JsonObject details = CanonicalJson.decodeObject(encoded.get());
    if (kind == EntryKind.CERTIFICATE_FAILED) {
      details.text("entry").ifPresent(granted -> facts.put("serial", granted));
    }
    for (String name : List.of("role", "valid_before", "hostname")) {
      details.text(name).ifPresent(text -> facts.put(name, text));
    }
    details.text("key").flatMap(LedgerHistory::fingerprint).ifPresent(k -> facts.put("key", k));
    reason(details).ifPresent(text -> facts.put("reason", text));
    return new Line(number, entry.at(), kind.wireName(), outcome(kind, details), facts);
  }

  private static String outcome(EntryKind kind, JsonObject details) {
    return switch (kind) {
      case CERTIFICATE_GRANTED -> "granted";
      case CERTIFICATE_FAILED -> "failed";
      case REQUESTS_REFUSED -> "refused";
      // Consent binds nothing yet: without its second entry the login never came to be.
      case LOGIN_OPENED ->
          details.text("step").filter("consented"::equals).isPresent() ? "consented" : "opened";
      case LOGIN_ENDED -> "ended";
      case REVOCATION_ADDED -> "revoked";
      default -> "other";
    };
  }

  /** The asker's own reason, the end's cause, or the first of those for which it was refused. */
  private static Optional<String> reason(JsonObject details) {
    return details
        .text("reason")
        .or(() -> details.text("cause").map(cause -> cause + why(details)))
        .or(() ->
            details
                .value("reasons")
                .flatMap(LedgerHistory::first)
                .flatMap(first -> first.text("detail")));
  }

  /** What the identity provider or the operator said. */
  private static String why(JsonObject details) {
    return details.text("why").map(why -> ": " + why).orElse("");
  }

  private static Optional<JsonObject> first(JsonValue reasons) {
    return reasons instanceof JsonArray(var values)
            && !values.isEmpty()
            && values.getFirst() instanceof JsonObject object
        ? Optional.of(object)
        : Optional.empty();
  }

  /** Details hold a key as its line or as its fingerprint. */
  private static Optional<String> fingerprint(String key) {
    if (key.startsWith("SHA256:")) {
      return Optional.of(key);
    }
    try {
      return Optional.of(SshPublicKey.parse(key).fingerprint().toString());
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }
}
