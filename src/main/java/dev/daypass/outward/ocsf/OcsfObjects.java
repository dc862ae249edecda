package dev.daypass.outward.ocsf;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.policy.address.IpAddress;
import java.util.List;
import java.util.Optional;

/** The objects of OCSF 1.5.0 that several classes have: user, actor, endpoint. */
final class OcsfObjects {
  /** {@code type_id} of a user: User, System. */
  private static final int USER = 1;

  private static final int SYSTEM = 3;

  private OcsfObjects() {}

  /**
   * Whom it is about; the object {@code user}, which has at least a name or a uid. A server's name
   * where it was a server that asked.
   */
  static JsonObject user(Told told) {
    Optional<JsonObject> identity = told.details().object("identity");
    if (identity.isPresent()) {
      return of(identity.get());
    }
    Optional<String> person = told.first("username", "user", "account");
    Optional<String> server = told.first("host", "reported_by");
    String name = person.or(() -> server).orElse(told.read().details().isEmpty() ? "(erased)" : "");
    boolean system = person.isEmpty() && server.isPresent();
    return name.isEmpty()
        ? JsonObject.builder().put("name", "(unknown)").put("type_id", 0).build()
        : JsonObject.builder().put("name", name).put("type_id", system ? SYSTEM : USER).build();
  }

  /** Who did it; empty where the entry names nobody. */
  static Optional<JsonObject> actor(Told told) {
    Optional<JsonObject> identity =
        told.details().object("identity").map(OcsfObjects::bare).map(JsonObject.Builder::build);
    return identity
        .or(() -> told.first("by", "operator").map(name -> named(name, USER)))
        .or(() -> told.first("reported_by").map(name -> named(name, SYSTEM)))
        .map(user -> JsonObject.builder().put("user", user).build());
  }

  /** Where it came from; empty where the entry knows no address. */
  static Optional<JsonObject> source(Told told) {
    return told.first("bound_from", "client", "address")
        .map(from ->
            IpAddress.parse(from).isPresent()
                ? JsonObject.builder()
                    .put("ip", from)
                    .put("hostname", told.text("hostname"))
                    .build()
                : endpoint(from));
  }

  static JsonObject endpoint(String hostname) {
    return JsonObject.builder().put("hostname", hostname).build();
  }

  /** This certificate authority: the objects {@code service} and {@code product} begin so. */
  static JsonObject self(String origin) {
    return JsonObject.builder().put("name", "daypass").put("uid", origin).build();
  }

  private static JsonObject named(String name, int type) {
    return JsonObject.builder().put("name", name).put("type_id", type).build();
  }

  /** Without its groups: they stand where it is told whom an event is about. */
  private static JsonObject.Builder bare(JsonObject identity) {
    boolean service = identity.text("kind").equals(Optional.of("service"));
    return JsonObject.builder()
        .put("type_id", service ? SYSTEM : USER)
        .put("uid", identity.text("subject").map(Told::cut).orElse("(unknown)"))
        .put("name", identity.text("username").map(Told::cut))
        .put("domain", identity.text("issuer").map(Told::cut))
        .put("email_addr", identity.text("email").map(Told::cut));
  }

  private static JsonObject of(JsonObject identity) {
    JsonObject.Builder user = bare(identity);
    List<String> groups = Told.some(identity.texts("groups"));
    if (!groups.isEmpty()) {
      user.put(
          "groups",
          new JsonArray(
              groups.stream()
                  .limit(20)
                  .<JsonValue>map(name -> JsonObject.builder().put("name", name).build())
                  .toList()));
    }
    return user.build();
  }
}
