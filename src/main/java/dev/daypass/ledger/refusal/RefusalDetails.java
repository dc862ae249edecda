package dev.daypass.ledger.refusal;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import java.time.Instant;
import java.util.List;

/** The details of {@code requests.refused}. */
final class RefusalDetails {
  /** The ledger refuses details of more than 64 KiB, and a refusal must not fail for its words. */
  private static final int MAX_REASONS = 32;

  private static final int MAX_REASON_CHARS = 500;

  private RefusalDetails() {}

  /** Of an identity. */
  static JsonObject of(JsonObject identity) {
    return JsonObject.builder().put("identity", identity).build();
  }

  /** Of a server. */
  static JsonObject of(HostName host) {
    return JsonObject.builder().put("host", host.text()).build();
  }

  /**
   * @param who the member that says who was refused
   */
  static JsonObject refused(JsonObject who, Asker asker, List<Reason> reasons) {
    List<JsonValue> told =
        reasons.stream()
            .limit(MAX_REASONS)
            .<JsonValue>map(reason ->
                JsonObject.builder()
                    .put("code", reason.code())
                    .put("detail", beginning(reason.detail()))
                    .build())
            .toList();
    return begin(who)
        .put("key", asker.provenKey().map(key -> key.fingerprint().toString()))
        .put("reasons", new JsonArray(told))
        .put("address", asker.address().map(IpAddress::toString))
        .put("request", asker.requestId())
        .build();
  }

  static JsonObject refusedSummary(JsonObject who, Instant from, Instant until, int count) {
    return begin(who)
        .put("count", count)
        .put("from", from.toString())
        .put("until", until.toString())
        .build();
  }

  private static JsonObject.Builder begin(JsonObject who) {
    JsonObject.Builder details = JsonObject.builder();
    who.members().forEach(details::put);
    return details;
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
