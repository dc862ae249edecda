package dev.daypass.ledger.verify;

import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.util.Optional;

/**
 * A line of an export: canonical JSON (RFC 8785) in which entry and details stand as they were
 * hashed, so that an export can be verified and read by anything. {@code
 * {"details":{…},"entry":{…},"number":"12"}}, without details where they were erased; the last line
 * may be {@code {"checkpoint":"…"}}.
 */
public sealed interface ExportLine {
  /** An entry. */
  record Exported(StoredEntry entry) implements ExportLine {
    @Override
    public Bytes encode() {
      try {
        JsonObject.Builder line =
            JsonObject.builder()
                .put("entry", CanonicalJson.decodeObject(entry.entry()))
                .put("number", entry.number().toString());
        if (entry.details().isPresent()) {
          line.put("details", CanonicalJson.decodeObject(entry.details().get()));
        }
        return CanonicalJson.encode(line.build());
      } catch (JsonFormatException e) {
        throw new IllegalStateException("stored entries are canonical", e);
      }
    }
  }

  /** The checkpoint up to which an export goes, as a signed note. */
  record Signed(String note) implements ExportLine {
    @Override
    public Bytes encode() {
      return CanonicalJson.encode(JsonObject.builder().put("checkpoint", note).build());
    }
  }

  /** The line without its LF. */
  Bytes encode();

  static ExportLine decode(Bytes line) throws JsonFormatException {
    JsonObject object = CanonicalJson.decodeObject(line);
    Optional<String> checkpoint = object.text("checkpoint");
    if (checkpoint.isPresent() && object.members().size() == 1) {
      return new Signed(checkpoint.get());
    }
    Optional<JsonObject> entry = object.object("entry");
    Optional<JsonObject> details = object.object("details");
    Optional<String> number =
        object.text("number").filter(text -> text.matches("0|[1-9][0-9]{0,17}"));
    if (entry.isEmpty()
        || number.isEmpty()
        || object.members().size() != (details.isPresent() ? 3 : 2)) {
      throw new JsonFormatException("not a line of an export", 0);
    }
    return new Exported(
        new StoredEntry(
            new EntryNumber(Long.parseLong(number.get())),
            CanonicalJson.encode(entry.get()),
            details.map(CanonicalJson::encode)));
  }
}
