package dev.daypass.ledger.refusal;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The details of {@code requests.refused}. */
final class RefusalDetails {
  /** The ledger refuses details of more than 64 KiB, and a refusal must not fail for its words. */
  private static final int MAX_REASONS = 32;

  private static final int MAX_REASON_CHARS = 500;

  /** More than a name of a role or of a server has. */
  private static final int MAX_NAME_CHARS = 255;

  private static final int MAX_HOSTS = 32;

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
   * @param asked what for, if that had been read; nothing of it has been judged
   */
  static JsonObject refused(
      JsonObject who, Asker asker, Optional<Asked> asked, List<Reason> reasons) {
    List<JsonValue> told =
        reasons.stream()
            .limit(MAX_REASONS)
            .<JsonValue>map(reason ->
                JsonObject.builder()
                    .put("code", reason.code())
                    .put("detail", beginning(reason.detail(), MAX_REASON_CHARS))
                    .build())
            .toList();
    JsonObject.Builder details = begin(who);
    asked.ifPresent(request -> put(details, request));
    return details
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

  private static void put(JsonObject.Builder details, Asked asked) {
    details
        .put("role", beginning(asked.role(), MAX_NAME_CHARS))
        .put("ttl", asked.ttl().map(text -> beginning(text, MAX_NAME_CHARS)))
        .put("reason", asked.reason().map(text -> beginning(text, MAX_REASON_CHARS)));
    if (!asked.hosts().isEmpty()) {
      details.put(
          "hosts",
          JsonArray.ofTexts(
              asked.hosts().stream()
                  .limit(MAX_HOSTS)
                  .map(host -> beginning(host, MAX_NAME_CHARS))
                  .toList()));
    }
  }

  /** The first characters, none of them cut in two. */
  private static String beginning(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    boolean cut = Character.isHighSurrogate(text.charAt(chars - 1));
    return text.substring(0, cut ? chars - 1 : chars) + "…";
  }
}
