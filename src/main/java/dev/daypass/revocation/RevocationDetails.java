package dev.daypass.revocation;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.tlog.EntryNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The details of {@code revocation.added}, which the end of a login writes as well: {@code target}
 * and the member that it names say what, {@code why} and {@code by} say why and by whom, {@code
 * serials} which certificates it takes from the living.
 */
public final class RevocationDetails {
  /** Serials in one entry: 1000 take at most 23 KB of the 64 KiB that details may have. */
  static final int MAX_SERIALS = 1000;

  /**
   * By what entries of standing revocations are found again, however many others there are. It has
   * no line feed, so no identity is searched by it.
   */
  private static final String STANDING = "standing revocation";

  private RevocationDetails() {}

  /** Of an entry of its own; that of a login's end is written with the end. */
  static JsonObject of(Target target, Revoker revoker, String why, List<EntryNumber> serials) {
    JsonObject.Builder details =
        JsonObject.builder()
            .put("target", target.kind())
            .put("cause", revoker.cause())
            .put("by", revoker.name())
            .put("why", why)
            .put(
                "serials", JsonArray.ofTexts(serials.stream().map(EntryNumber::toString).toList()));
    return switch (target) {
      case Target.OfSerial(var serial) -> details.put("serial", serial.toString()).build();
      case Target.OfUser(var user) -> details.put("user", user.text()).build();
      case Target.OfRole(var role) -> details.put("role", role.text()).build();
      case Target.OfKey(var key) -> details.put("key", key.toString()).build();
      case Target.OfHost(var host) -> details.put("host", host.text()).build();
      case Target.OfLogin(var login) -> details.put("login", login.text()).build();
      case Target.OfCaKey(var key) -> details.put("ca_key", key.toString()).build();
      case Target.OfWindow(var from, var to) ->
          details.put("from", from.toString()).put("to", to.toString()).build();
    };
  }

  static SearchKeys searchKeys(Target target) {
    return new SearchKeys(
        target.standing() ? Optional.of(STANDING) : Optional.empty(),
        target instanceof Target.OfRole(var role) ? Optional.of(role.text()) : Optional.empty(),
        target instanceof Target.OfKey(var key) ? Optional.of(key) : Optional.empty(),
        Optional.empty());
  }

  /** Those of revocations that hold for the future too. */
  public static SearchKeys standing() {
    return new SearchKeys(
        Optional.of(STANDING), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What the entry is about; empty if the details do not say it in this format. */
  public static Optional<Target> target(JsonObject details) {
    String kind = details.text("target").orElse("");
    return kind.equals("window")
        ? TargetText.parse(
            kind, details.text("from").orElse("") + "/" + details.text("to").orElse(""))
        : details.text(kind).flatMap(value -> TargetText.parse(kind, value));
  }

  /** The serials that it names, as far as they are any. */
  public static List<EntryNumber> serials(JsonObject details) {
    List<EntryNumber> serials = new ArrayList<>();
    if (details.value("serials").orElse(null) instanceof JsonArray(var values)) {
      values.forEach(value -> {
        if (value instanceof JsonText(String text)) {
          TargetText.serial(text).ifPresent(serials::add);
        }
      });
    }
    return serials;
  }
}
