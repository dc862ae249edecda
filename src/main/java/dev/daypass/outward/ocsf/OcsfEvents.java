package dev.daypass.outward.ocsf;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.outward.Event;
import dev.daypass.outward.Rendering;
import java.util.List;
import java.util.Optional;

/** Entries of one ledger as OCSF events, and what is found in them as findings. */
public final class OcsfEvents implements Rendering<Event> {
  /** What no class demands, in the order in which it is left out where there is no room. */
  private static final List<String> OPTIONAL =
      List.of("unmapped", "actor", "status_detail", "message", "session", "src_endpoint");

  private final String origin;

  /**
   * @param origin the ledger's, by which its events are told from those of others
   */
  public OcsfEvents(String origin) {
    this.origin = origin;
  }

  @Override
  public List<Event> of(ReadEntry entry) {
    return List.of(event(entry));
  }

  /** The entry's event: what all classes have, then what its own has. */
  public Event event(ReadEntry entry) {
    OcsfActivity activity = OcsfActivity.of(entry);
    Told told = new Told(entry);
    String id = origin + "#" + entry.number();
    JsonObject.Builder body = OcsfCommon.of(id, origin, told, activity);
    switch (activity.type()) {
      case AUTHENTICATION -> authentication(body, told);
      case AUTHORIZE_SESSION -> authorizeSession(body, told);
      case USER_ACCESS -> userAccess(body, told);
      case ENTITY_MANAGEMENT -> body.put("entity", OcsfEntity.of(told));
      case SSH_ACTIVITY -> sshActivity(body, told);
      case APPLICATION_LIFECYCLE -> body.put("app", OcsfObjects.self(origin));
      case DETECTION_FINDING -> finding(body, id, title(told), Optional.empty(), told);
    }
    switch (activity.type()) {
      case AUTHENTICATION, AUTHORIZE_SESSION, USER_ACCESS, ENTITY_MANAGEMENT -> {
        OcsfObjects.actor(told).ifPresent(actor -> body.put("actor", actor));
        OcsfObjects.source(told).ifPresent(source -> body.put("src_endpoint", source));
      }
      case SSH_ACTIVITY, APPLICATION_LIFECYCLE, DETECTION_FINDING -> {}
    }
    return event(id, entry, activity, body);
  }

  /**
   * Something that was found in an entry, as a Detection Finding (2004).
   *
   * @param what one word, which tells it from what else was found there
   */
  public Event finding(ReadEntry entry, Finding found, String what) {
    OcsfActivity activity = OcsfActivity.found(found.severity());
    Told told = new Told(entry);
    String id = origin + "#" + entry.number() + "-" + what;
    JsonObject.Builder body = OcsfCommon.of(id, origin, told, activity);
    finding(body, id, found.title(), Optional.of(found.description()), told);
    return event(id, entry, activity, body);
  }

  /** OCSF Authentication: user, and one of service and dst_endpoint. */
  private void authentication(JsonObject.Builder body, Told told) {
    body.put("user", OcsfObjects.user(told)).put("service", OcsfObjects.self(origin));
    told.text("login")
        .ifPresent(login -> body.put("session", JsonObject.builder().put("uid", login).build()));
  }

  /** OCSF Authorize Session: user, and just one of privileges and group. */
  private void authorizeSession(JsonObject.Builder body, Told told) {
    body.put("user", OcsfObjects.user(told)).put("privileges", privileges(told));
    JsonObject.Builder session =
        JsonObject.builder().put("uid", told.read().number().toString()).put("issuer", origin);
    told.millis("valid_after").ifPresent(from -> session.put("created_time", from));
    told.millis("valid_before").ifPresent(end -> session.put("expiration_time", end));
    body.put("session", session.build());
  }

  /** OCSF User Access Management: user and privileges. */
  private static void userAccess(JsonObject.Builder body, Told told) {
    body.put("user", OcsfObjects.user(told)).put("privileges", privileges(told));
  }

  private static JsonArray privileges(Told told) {
    List<String> principals = told.texts("principals");
    return JsonArray.ofTexts(
        principals.isEmpty() ? List.of(told.text("role").orElse("(erased)")) : principals);
  }

  /** OCSF Network: at least one of src_endpoint and dst_endpoint. */
  private static void sshActivity(JsonObject.Builder body, Told told) {
    body.put("dst_endpoint", OcsfObjects.endpoint(told.text("reported_by").orElse("(erased)")));
    OcsfObjects.source(told).ifPresent(source -> body.put("src_endpoint", source));
    OcsfObjects.actor(told).ifPresent(actor -> body.put("actor", actor));
    body.put("app_name", "sshd").put("auth_type", "Certificate Based").put("auth_type_id", 1);
  }

  /** OCSF Finding: finding_info with a uid of its own. */
  private static void finding(
      JsonObject.Builder body, String id, String title, Optional<String> description, Told told) {
    JsonObject.Builder info =
        JsonObject.builder()
            .put("uid", id)
            .put("title", title)
            .put("desc", description)
            .put("created_time", told.read().entry().at().toEpochMilli());
    JsonObject.Builder evidence = JsonObject.builder().put("user", OcsfObjects.user(told));
    OcsfObjects.source(told).ifPresent(source -> evidence.put("src_endpoint", source));
    told.text("reported_by")
        .ifPresent(server -> evidence.put("dst_endpoint", OcsfObjects.endpoint(server)));
    body.put("finding_info", info.build())
        .put("evidences", new JsonArray(List.of(evidence.build())))
        .put("is_alert", true);
  }

  private static String title(Told told) {
    return AlarmWords.of(told.details())
        .map(words -> "Session alarm: " + words)
        .orElse(told.read().entry().kind().wireName());
  }

  /** The details last: as many as there is room for. */
  private static Event event(
      String id, ReadEntry entry, OcsfActivity activity, JsonObject.Builder body) {
    JsonObject mapped = body.build();
    Event bare =
        new Event(
            id,
            entry.number(),
            entry.entry().at(),
            entry.entry().kind(),
            activity.severity(),
            mapped);
    JsonObject whole =
        mapped.toBuilder().put("unmapped", Unmapped.of(entry, bare.line().size())).build();
    Event event = new Event(id, bare.number(), bare.at(), bare.kind(), bare.severity(), whole);
    for (String name : OPTIONAL) {
      if (event.line().size() > Unmapped.MAX_EVENT) {
        JsonObject less = without(event.body(), name);
        event = new Event(id, bare.number(), bare.at(), bare.kind(), bare.severity(), less);
      }
    }
    return event;
  }

  private static JsonObject without(JsonObject body, String name) {
    JsonObject.Builder less = JsonObject.builder();
    body.members()
        .forEach((member, value) -> {
          if (!member.equals(name)) {
            less.put(member, value);
          }
        });
    return less.build();
  }
}
