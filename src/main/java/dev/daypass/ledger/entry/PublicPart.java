package dev.daypass.ledger.entry;

import dev.daypass.ledger.json.JsonInteger;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code public} member of the few kinds that have one (DESIGN, section 6): what strangers who
 * mirror the ledger need in order to verify it.
 */
public final class PublicPart {
  /** The format of entries that this code writes and reads. */
  private static final long FORMAT = 1;

  private PublicPart() {}

  /**
   * Of {@code ledger.created}: the origin, the format, and each key's name and fingerprint.
   *
   * @param previous the last head of the ledger that this one replaces, if entries were lost
   */
  public static JsonObject ledgerCreated(
      String origin, Map<String, Fingerprint> keys, Optional<PreviousHead> previous) {
    JsonObject.Builder fingerprints = JsonObject.builder();
    keys.forEach((name, fingerprint) -> fingerprints.put(name, fingerprint.toString()));
    JsonObject.Builder part =
        JsonObject.builder()
            .put("format", FORMAT)
            .put("keys", fingerprints.build())
            .put("origin", origin);
    previous.ifPresent(head -> part.put("previous", head.toJson()));
    return part.build();
  }

  /** Of {@code ca.key.*}: which key. */
  public static JsonObject caKey(Fingerprint fingerprint) {
    return JsonObject.builder().put("fingerprint", fingerprint.toString()).build();
  }

  /** Of {@code bundle.published} and {@code krl.published}: its number and its SHA-256. */
  public static JsonObject published(long number, Bytes sha256) {
    return JsonObject.builder().put("number", number).put("sha256", sha256.base64Url()).build();
  }

  /** What is wrong with the part of an entry of this kind, empty if nothing is. */
  public static Optional<String> problem(EntryKind kind, JsonObject part) {
    boolean good =
        switch (kind) {
          case LEDGER_CREATED -> isLedgerCreated(part);
          case CA_KEY_ADDED, CA_KEY_ACTIVATED, CA_KEY_RETIRED ->
              hasOnly(part, Map.of("fingerprint", JsonText.class));
          case BUNDLE_PUBLISHED, KRL_PUBLISHED ->
              hasOnly(part, Map.of("number", JsonInteger.class, "sha256", JsonText.class));
          default -> false;
        };
    return good ? Optional.empty() : Optional.of("wrong public part of " + kind.wireName());
  }

  private static boolean isLedgerCreated(JsonObject part) {
    Set<String> names = part.members().keySet();
    boolean namesKnown =
        names.equals(Set.of("format", "keys", "origin"))
            || names.equals(Set.of("format", "keys", "origin", "previous"));
    return namesKnown
        && part.integer("format").equals(Optional.of(FORMAT))
        && part.text("origin").isPresent()
        && part.object("keys").isPresent()
        && part.object("keys").get().members().values().stream()
            .allMatch(JsonText.class::isInstance)
        && (!names.contains("previous") || isPreviousHead(part.object("previous")));
  }

  private static boolean isPreviousHead(Optional<JsonObject> head) {
    return head.isPresent()
        && hasOnly(
            head.get(),
            Map.of("origin", JsonText.class, "root", JsonText.class, "size", JsonInteger.class));
  }

  private static boolean hasOnly(
      JsonObject object, Map<String, Class<? extends JsonValue>> expected) {
    return object.members().keySet().equals(expected.keySet())
        && expected.entrySet().stream()
            .allMatch(
                member -> member.getValue().isInstance(object.members().get(member.getKey())));
  }

  /** The last head of a closed ledger. */
  public record PreviousHead(String origin, TreeSize size, Hash root) {
    JsonObject toJson() {
      return JsonObject.builder()
          .put("origin", origin)
          .put("root", Bytes.of(root.toArray()).base64Url())
          .put("size", size.value())
          .build();
    }
  }
}
