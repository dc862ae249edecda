package dev.daypass.outward.ocsf;

import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ssh.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The object {@code unmapped} of OCSF: the details, the small members first, as far as the event
 * stays below 8 KiB, which RFC 5425 (section 4.3.1) has receivers of syslog take. What was left out
 * is named; the ledger has it.
 */
final class Unmapped {
  static final int MAX_EVENT = 8000;

  /** Names of members that were left out, the leaf hash, and the words around. */
  private static final int RESERVE = 600;

  /**
   * What hides the rest behind its public hashes: with it, somebody could show to others what the
   * details were once they are erased.
   */
  private static final Set<String> PRIVATE = Set.of("salt", "certificate_nonce");

  private Unmapped() {}

  /**
   * @param mapped how many bytes the rest of the event has
   */
  static JsonObject of(ReadEntry entry, int mapped) {
    String leaf = Bytes.of(entry.entry().leafHash().toArray()).base64Url();
    JsonObject.Builder unmapped = JsonObject.builder().put("leaf_hash", leaf);
    if (entry.details().isEmpty()) {
      return unmapped.put("details_erased", true).build();
    }
    JsonObject.Builder details = JsonObject.builder();
    List<String> left = new ArrayList<>();
    int room = MAX_EVENT - RESERVE - mapped;
    for (Map.Entry<String, JsonValue> member : smallFirst(entry.details())) {
      room -= size(member);
      if (room > 0) {
        details.put(member.getKey(), member.getValue());
      } else {
        left.add(member.getKey());
      }
    }
    unmapped.put("details", details.build());
    return left.isEmpty()
        ? unmapped.build()
        : unmapped.put("left_out", JsonArray.ofTexts(left)).build();
  }

  private static List<Map.Entry<String, JsonValue>> smallFirst(Optional<JsonObject> details) {
    return details.orElse(JsonObject.EMPTY).members().entrySet().stream()
        .filter(member -> !PRIVATE.contains(member.getKey()))
        .sorted(Comparator.comparingInt(Unmapped::size))
        .toList();
  }

  /** What it takes at most: a character beyond ASCII has two bytes and more, and is sent as six. */
  private static int size(Map.Entry<String, JsonValue> member) {
    Bytes encoded = CanonicalJson.encode(member.getValue());
    int beyond = 0;
    for (int i = 0; i < encoded.size(); i++) {
      beyond += encoded.byteAt(i) < 0 ? 1 : 0;
    }
    return encoded.size() + 2 * beyond + member.getKey().length() + 4;
  }
}
