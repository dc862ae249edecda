package dev.daypass.ledger.refusal;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.policy.address.IpAddress;
import java.time.Instant;
import java.util.List;

/** The details of {@code requests.refused}. */
final class RefusalDetails {
  /** The ledger refuses details of more than 64 KiB, and a refusal must not fail for its words. */
  private static final int MAX_REASONS = 32;

  private static final int MAX_REASON_CHARS = 500;

  private RefusalDetails() {}

  static JsonObject refused(JsonObject identity, Asker asker, List<Reason> reasons) {
    List<JsonValue> told =
        reasons.stream()
            .limit(MAX_REASONS)
            .<JsonValue>map(reason ->
                JsonObject.builder()
                    .put("code", reason.code())
                    .put("detail", beginning(reason.detail()))
                    .build())
            .toList();
    return JsonObject.builder()
        .put("identity", identity)
        .put("key", asker.provenKey().map(key -> key.fingerprint().toString()))
        .put("reasons", new JsonArray(told))
        .put("address", asker.address().map(IpAddress::toString))
        .put("request", asker.requestId())
        .build();
  }

  static JsonObject refusedSummary(JsonObject identity, Instant from, Instant until, int count) {
    return JsonObject.builder()
        .put("identity", identity)
        .put("count", count)
        .put("from", from.toString())
        .put("until", until.toString())
        .build();
  }

  /** The first characters, none of them cut in two. */
  private static String beginning(String text) {
    if (text.length() <= MAX_REASON_CHARS) {
      return text;
    }
    boolean cut = Character.isHighSurrogate(text.charAt(MAX_REASON_CHARS - 1));
    return text.substring(0, cut ? MAX_REASON_CHARS - 1 : MAX_REASON_CHARS) + "…";
  }
}
