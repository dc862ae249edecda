package dev.daypass.outward.ocsf;

import dev.daypass.ledger.json.JsonObject;
import java.util.Optional;

/** The object {@code managed_entity} of OCSF 1.5.0: what was made, changed or ended. */
final class OcsfEntity {
  /** {@code type_id}: Device, Policy, Other; the others are of no use here. */
  private static final int DEVICE = 1;

  private static final int USER = 2;
  private static final int POLICY = 5;
  private static final int OTHER = 99;

  private OcsfEntity() {}

  static JsonObject of(Told told) {
    String number = told.read().number().toString();
    return switch (told.read().entry().kind()) {
      case POLICY_LOADED ->
          entity(POLICY, "Policy", Optional.of("policy.yaml"), told.text("sha256"));
      case CONFIG_LOADED ->
          entity(OTHER, "Configuration", Optional.of("daypass.yaml"), Optional.empty());
      case BUNDLE_PUBLISHED -> published(told, "Trust bundle");
      case KRL_PUBLISHED -> published(told, "Key revocation list");
      case CA_KEY_ADDED, CA_KEY_ACTIVATED, CA_KEY_RETIRED ->
          entity(OTHER, "CA key", told.text("use"), told.publicText("fingerprint"));
      case CERTIFICATE_FAILED ->
          entity(OTHER, "SSH certificate", Optional.empty(), told.text("entry"));
      case HOST_CERTIFICATE_GRANTED ->
          entity(OTHER, "SSH host certificate", told.text("host"), Optional.of(number));
      case HOST_JOINED, HOST_CHANGED, HOST_LEFT ->
          entity(DEVICE, "Device", told.text("host"), Optional.empty());
      case REVOCATION_ADDED -> revoked(told);
      case DETAILS_ERASED ->
          entity(
              OTHER,
              "Entry details",
              told.text("scope"),
              told.text("entry").or(() -> Optional.of(number)));
      case EXPORT_MADE -> entity(OTHER, "Ledger", told.text("format"), Optional.of(number));
      // The other kinds are told in other classes.
      default -> entity(OTHER, "Entry", Optional.empty(), Optional.of(number));
    };
  }

  /** What was revoked, in the words of the revocation's target. */
  private static JsonObject revoked(Told told) {
    String target = told.text("target").orElse("unknown");
    Optional<String> what = told.first("serial", "user", "role", "key", "host", "login", "ca_key");
    int type =
        switch (target) {
          case "user" -> USER;
          case "host" -> DEVICE;
          default -> OTHER;
        };
    return type == OTHER
        ? entity(OTHER, "Revoked " + target, what, Optional.of(told.read().number().toString()))
        : entity(type, type == USER ? "User" : "Device", what, Optional.empty());
  }

  private static JsonObject published(Told told, String type) {
    return entity(
        OTHER, type, told.publicNumber().map(n -> type + " " + n), told.publicText("sha256"));
  }

  /** A name or a uid has to be there; where details are erased, neither may be. */
  private static JsonObject entity(
      int typeId, String type, Optional<String> name, Optional<String> uid) {
    boolean nameless = name.isEmpty() && uid.isEmpty();
    return JsonObject.builder()
        .put("type_id", typeId)
        .put("type", type)
        .put("name", nameless ? Optional.of("(erased)") : name)
        .put("uid", uid)
        .build();
  }
}
