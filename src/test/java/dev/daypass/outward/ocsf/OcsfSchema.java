package dev.daypass.outward.ocsf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonInteger;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What OCSF 1.5.0 demands of the classes that are used here: their activities, attributes and
 * constraints, written down from schema.ocsf.io/1.5.0/classes.
 */
final class OcsfSchema {
  private static final Set<String> BASE =
      Set.of(
          "activity_id",
          "activity_name",
          "category_uid",
          "category_name",
          "class_uid",
          "class_name",
          "type_uid",
          "type_name",
          "severity_id",
          "severity",
          "time",
          "message",
          "metadata",
          "status_detail",
          "status_id",
          "status",
          "unmapped");

  private static final Set<String> REQUIRED =
      Set.of(
          "activity_id",
          "category_uid",
          "class_uid",
          "metadata",
          "severity_id",
          "time",
          "type_uid");

  private static final Map<Long, Shape> CLASSES =
      Map.of(
          2004L, new Shape(3, Set.of("finding_info"), Set.of("evidences", "is_alert")),
          3002L,
              new Shape(7, Set.of("user", "service"), Set.of("session", "actor", "src_endpoint")),
          3003L,
              new Shape(
                  2, Set.of("user", "privileges"), Set.of("session", "actor", "src_endpoint")),
          3004L, new Shape(13, Set.of("entity"), Set.of("actor", "src_endpoint")),
          3005L, new Shape(2, Set.of("user", "privileges"), Set.of("actor", "src_endpoint")),
          4007L,
              new Shape(
                  7,
                  Set.of("dst_endpoint"),
                  Set.of("src_endpoint", "actor", "app_name", "auth_type", "auth_type_id")),
          6002L, new Shape(8, Set.of("app"), Set.of()));

  private OcsfSchema() {}

  /**
   * A class.
   *
   * @param activities how many it has, from 1 on; 0 and 99 beside them
   */
  private record Shape(long activities, Set<String> required, Set<String> allowed) {}

  static void requireValid(JsonObject event) {
    long type = integer(event, "class_uid");
    Shape shape =
        Optional.ofNullable(CLASSES.get(type))
            .orElseThrow(() -> new AssertionError("no class " + type));
    Set<String> names = event.members().keySet();
    assertThat(names).containsAll(REQUIRED).containsAll(shape.required());
    Set<String> allowed = new TreeSet<>(BASE);
    allowed.addAll(shape.required());
    allowed.addAll(shape.allowed());
    assertThat(allowed).containsAll(names);
    requireNumbers(event, type, shape);
    requireMetadata(event.object("metadata").orElseThrow());
    event.object("user").ifPresent(OcsfSchema::requireNamed);
    event.object("entity").ifPresent(OcsfSchema::requireNamed);
    event.object("service").ifPresent(OcsfSchema::requireNamed);
    event.object("app").ifPresent(OcsfSchema::requireNamed);
    event.object("actor").ifPresent(actor -> requireNamed(actor.object("user").orElseThrow()));
    event.object("src_endpoint").ifPresent(OcsfSchema::requireReachable);
    event.object("dst_endpoint").ifPresent(OcsfSchema::requireReachable);
    requireTypes(event);
  }

  private static void requireNumbers(JsonObject event, long type, Shape shape) {
    long activity = integer(event, "activity_id");
    assertThat(activity == 99 || (activity >= 1 && activity <= shape.activities())).isTrue();
    assertThat(integer(event, "type_uid")).isEqualTo(type * 100 + activity);
    assertThat(integer(event, "category_uid")).isEqualTo(type / 1000);
    assertThat(integer(event, "severity_id")).isBetween(1L, 5L);
    assertThat(integer(event, "status_id")).isBetween(1L, 2L);
    assertThat(integer(event, "time")).isGreaterThan(1_700_000_000_000L);
  }

  private static void requireMetadata(JsonObject metadata) {
    assertThat(metadata.text("version")).contains("1.5.0");
    assertThat(metadata.text("uid")).isPresent();
    requireNamed(metadata.object("product").orElseThrow());
  }

  /** The constraint of _entity, of user and of managed_entity. */
  private static void requireNamed(JsonObject object) {
    assertThat(object.text("name").or(() -> object.text("uid")))
        .hasValueSatisfying(text -> assertThat(text).isNotEmpty());
  }

  private static void requireReachable(JsonObject endpoint) {
    assertThat(endpoint.text("ip").or(() -> endpoint.text("hostname"))).isPresent();
  }

  /** Whatever ends in _id or _uid of a class is a number, a time is one of 13 digits. */
  private static void requireTypes(JsonObject object) {
    object
        .members()
        .forEach((name, value) -> {
          if (name.equals("unmapped")) {
            return;
          }
          if (name.endsWith("_id") || name.endsWith("time")) {
            assertThat(value).as(name).isInstanceOf(JsonInteger.class);
          }
          if (name.endsWith("_time")) {
            assertThat(((JsonInteger) value).value()).isGreaterThan(1_700_000_000_000L);
          }
          requireTypes(value);
        });
  }

  private static void requireTypes(JsonValue value) {
    switch (value) {
      case JsonObject inner -> requireTypes(inner);
      case JsonArray(var values) -> values.forEach(OcsfSchema::requireTypes);
      case JsonText(String text) -> assertThat(text).isNotEmpty();
      default -> {}
    }
  }

  private static long integer(JsonObject object, String name) {
    return object.integer(name).orElseThrow(() -> new AssertionError("no number " + name));
  }
}
