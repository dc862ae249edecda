package dev.daypass.outward.ocsf;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.outward.Severity;
import java.util.List;
import java.util.Locale;

/** What every class of OCSF 1.5.0 has: its Base Event. */
final class OcsfCommon {
  /** {@code metadata.version}: of the schema, not of this program. */
  private static final String SCHEMA = "1.5.0";

  private OcsfCommon() {}

  static JsonObject.Builder of(String id, String origin, Told told, OcsfActivity activity) {
    ReadEntry read = told.read();
    long at = read.entry().at().toEpochMilli();
    OcsfClass type = activity.type();
    return JsonObject.builder()
        .put("activity_id", activity.id())
        .put("activity_name", activity.caption())
        .put("category_uid", type.category().uid())
        .put("category_name", type.category().caption())
        .put("class_uid", type.uid())
        .put("class_name", type.caption())
        .put("type_uid", activity.typeUid())
        .put("type_name", type.caption() + ": " + activity.caption())
        .put("severity_id", severity(activity.severity()))
        .put("severity", caption(activity.severity()))
        .put("time", told.millis("happened_at").orElse(at))
        .put("message", message(told))
        .put("metadata", metadata(id, origin, read, type))
        .put("status_detail", told.first("reason", "why", "cause"))
        .put("status_id", statusId(activity))
        .put("status", status(activity));
  }

  private static JsonObject metadata(String id, String origin, ReadEntry read, OcsfClass type) {
    JsonObject product =
        JsonObject.builder().put("name", "daypass").put("vendor_name", "daypass").build();
    JsonObject.Builder metadata =
        JsonObject.builder()
            .put("version", SCHEMA)
            .put("product", product)
            .put("uid", id)
            .put("log_name", origin)
            .put("sequence", read.number().value())
            .put("event_code", read.entry().kind().wireName())
            .put("logged_time", read.entry().at().toEpochMilli());
    if (type == OcsfClass.SSH_ACTIVITY) {
      // The class itself has no place for an actor; the profile "host" gives it one.
      metadata.put("profiles", JsonArray.ofTexts(List.of("host")));
    }
    return metadata.build();
  }

  /** Severity_id of the Base Event: 1 Informational to 5 Critical. */
  private static int severity(Severity severity) {
    return switch (severity) {
      case INFORMATIONAL -> 1;
      case LOW -> 2;
      case MEDIUM -> 3;
      case HIGH -> 4;
      case CRITICAL -> 5;
    };
  }

  private static String caption(Severity severity) {
    String name = severity.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** A finding has words of its own for its status: 1 is New. */
  private static int statusId(OcsfActivity activity) {
    return activity.succeeded() ? 1 : 2;
  }

  private static String status(OcsfActivity activity) {
    return switch (activity.type()) {
      case DETECTION_FINDING -> "New";
      case AUTHENTICATION,
          AUTHORIZE_SESSION,
          ENTITY_MANAGEMENT,
          USER_ACCESS,
          SSH_ACTIVITY,
          APPLICATION_LIFECYCLE ->
          activity.succeeded() ? "Success" : "Failure";
    };
  }

  /** For people: which entry, and the names that it has. */
  private static String message(Told told) {
    StringBuilder message =
        new StringBuilder(told.read().entry().kind().wireName())
            .append(", entry ")
            .append(told.read().number());
    told.read().person().ifPresent(person -> message.append(", ").append(person));
    told.text("role").ifPresent(role -> message.append(", role ").append(role));
    told.first("host", "reported_by").ifPresent(host -> message.append(", server ").append(host));
    if (told.read().details().isEmpty()) {
      message.append(", details erased");
    }
    return message.toString();
  }
}
