package dev.daypass.cli.report;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonInteger;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.read.EntryCsv;
import dev.daypass.ledger.read.ReadEntry;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An entry as a row of a table. */
record Row(ReadEntry entry, Fates fates) {
  /** Members that say what a change was about, in the order of preference. */
  private static final List<String> WHAT =
      List.of("changed", "added", "removed", "use", "fingerprint", "number", "origin");

  /** Its fields, number and time first. */
  List<String> fields(Table table) {
    return Stream.concat(
            Stream.of(entry.number().toString(), entry.entry().at().toString()),
            table.columns().stream().map(this::field))
        .toList();
  }

  /** Its fields as a line of CSV. */
  String csv(Table table) {
    return fields(table).stream().map(EntryCsv::field).collect(Collectors.joining(",")) + "\r\n";
  }

  /** How long what was granted is valid; empty if nobody can tell any more. */
  Optional<Duration> lifetime() {
    Optional<Instant> from = moment("valid_after");
    Optional<Instant> until = moment("valid_before");
    return from.isPresent() && until.isPresent()
        ? Optional.of(Duration.between(from.get(), until.get()))
        : Optional.empty();
  }

  /** Whether it was released, has ended by that moment, and opened no session. */
  boolean isUnused(Instant now) {
    return fates.isReleased(entry)
        && !fates.isUsed(entry)
        && moment("valid_before").filter(now::isBefore).isEmpty();
  }

  private String field(String column) {
    return switch (column) {
      case "kind" -> entry.entry().kind().wireName();
      case "person" -> entry.person().orElse(entry.details().isEmpty() ? "(erased)" : "");
      case "servers", "server" -> String.join(" ", entry.servers());
      case "minutes" -> lifetime().map(life -> String.valueOf(life.toMinutes())).orElse("");
      case "released" -> yes(fates.isReleased(entry));
      case "used" -> yes(fates.isUsed(entry));
      case "revoked" -> yes(fates.isRevoked(entry));
      case "why" -> why();
      case "by" -> first(List.of("by", "operator"));
      case "user" -> first(List.of("user", "key_id"));
      case "what" -> entry.entry().kind() == EntryKind.REVOCATION_ADDED ? target() : first(WHAT);
      case "sha256" -> sha256();
      case "certificates" -> String.valueOf(size("serials"));
      case "said_in_entry" -> first(List.of("entry"));
      default -> first(List.of(column));
    };
  }

  private String why() {
    List<String> refused =
        entry
            .details()
            .flatMap(details -> details.value("reasons"))
            .map(reasons -> reasons instanceof JsonArray(var all) ? all : List.<JsonValue>of())
            .orElse(List.of())
            .stream()
            .flatMap(reason ->
                reason instanceof JsonObject told ? told.text("code").stream() : Stream.empty())
            .toList();
    return refused.isEmpty() ? first(List.of("reason", "why", "cause")) : String.join(" ", refused);
  }

  private String target() {
    return entry
        .details()
        .map(details -> details.text("target").flatMap(details::text).orElse(""))
        .orElse("");
  }

  private String sha256() {
    return entry
        .entry()
        .publicPart()
        .flatMap(part -> part.text("sha256"))
        .orElseGet(() -> first(List.of("sha256")));
  }

  private int size(String member) {
    return entry.details().flatMap(details -> details.value(member)).orElse(null)
            instanceof JsonArray(var values)
        ? values.size()
        : 0;
  }

  private Optional<Instant> moment(String member) {
    try {
      return entry.details().flatMap(details -> details.text(member)).map(Instant::parse);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The first of these members that the details or the public part have. */
  private String first(List<String> members) {
    return members.stream()
        .flatMap(member ->
            Stream.concat(entry.details().stream(), entry.entry().publicPart().stream())
                .flatMap(object -> object.value(member).stream()))
        .map(Row::text)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String text(JsonValue value) {
    return switch (value) {
      case JsonText(String text) -> text;
      case JsonInteger(long number) -> String.valueOf(number);
      case JsonArray(var values) when values.isEmpty() -> "";
      case JsonArray(var values) -> values.stream().map(Row::text).collect(Collectors.joining(" "));
      default -> new String(CanonicalJson.encode(value).toArray(), StandardCharsets.UTF_8);
    };
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }
}
