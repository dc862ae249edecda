package dev.daypass.revocation;

import dev.daypass.identity.Username;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.login.LoginId;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.tlog.EntryNumber;
import java.time.DateTimeException;
import java.time.Instant;
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
    try {
      return switch (details.text("target").orElse("")) {
        case "serial" -> details.text("serial").flatMap(RevocationDetails::serial);
        case "user" -> details.text("user").flatMap(Username::parse).map(Target.OfUser::new);
        case "role" -> details.text("role").flatMap(RoleName::parse).map(Target.OfRole::new);
        case "key" -> fingerprint(details, "key").map(Target.OfKey::new);
        case "host" -> details.text("host").flatMap(HostName::parse).map(Target.OfHost::new);
        case "login" -> details.text("login").flatMap(LoginId::parse).map(Target.OfLogin::new);
        case "ca_key" -> fingerprint(details, "ca_key").map(Target.OfCaKey::new);
        case "window" -> window(details);
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The serials that it names, as far as they are any. */
  public static List<EntryNumber> serials(JsonObject details) {
    List<EntryNumber> serials = new ArrayList<>();
    if (details.value("serials").orElse(null) instanceof JsonArray(var values)) {
      values.forEach(value -> {
        if (value instanceof JsonText(String text)) {
          number(text).ifPresent(serials::add);
        }
      });
    }
    return serials;
  }

  private static Optional<Target> serial(String text) {
    return number(text).map(Target.OfSerial::new);
  }

  private static Optional<EntryNumber> number(String text) {
    return text.matches("[1-9][0-9]{0,17}")
        ? Optional.of(new EntryNumber(Long.parseLong(text)))
        : Optional.empty();
  }

  private static Optional<Target> window(JsonObject details) {
    Optional<Instant> from = details.text("from").map(Instant::parse);
    Optional<Instant> to = details.text("to").map(Instant::parse);
    return from.isPresent() && to.isPresent()
        ? Optional.of(new Target.OfWindow(from.get(), to.get()))
        : Optional.empty();
  }

  private static Optional<Fingerprint> fingerprint(JsonObject details, String name) {
    try {
      Optional<String> text = details.text(name);
      return text.isEmpty() ? Optional.empty() : Optional.of(Fingerprint.parse(text.get()));
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }
}
