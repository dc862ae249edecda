package dev.daypass.web.console;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.web.console.story.KindWords;
import dev.daypass.web.console.story.Links;
import dev.daypass.web.console.view.LedgerView;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which entries somebody looks at, as it stands in the address and in the form.
 *
 * @param given by name, none of them empty
 * @param alert what of it is not understood, and is therefore not asked
 */
record Filters(Map<String, String> given, EntryFilter filter, Optional<String> alert) {
  static final List<String> NAMES =
      List.of("person", "role", "server", "key", "from", "to", "reason", "text", "kind");

  /** A form's input without seconds: {@code 2026-11-21T01:13}. */
  private static final int TO_THE_MINUTE = 16;

  Filters {
    given = Map.copyOf(given);
  }

  static Filters of(Map<String, String> sent) {
    Map<String, String> given = new LinkedHashMap<>();
    NAMES.forEach(name ->
        Optional.ofNullable(sent.get(name))
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .ifPresent(value -> given.put(name, value)));
    Optional<Fingerprint> key = key(given);
    Optional<EntryKind> kind = text(given, "kind").flatMap(EntryKind::ofWireName);
    Optional<Instant> from = moment(given, "from");
    Optional<Instant> to = moment(given, "to");
    EntryFilter filter =
        new EntryFilter(
            kind,
            text(given, "person"),
            Optional.empty(),
            text(given, "role"),
            text(given, "server"),
            key,
            text(given, "reason"),
            from,
            to,
            text(given, "text"));
    return new Filters(given, filter, alert(given, kind.isPresent(), key, from, to));
  }

  /** What the address holds for it; empty if nothing is asked. */
  String query() {
    return NAMES.stream()
        .filter(given::containsKey)
        .map(name -> name + "=" + Links.encoded(given.getOrDefault(name, "")))
        .collect(Collectors.joining("&"));
  }

  /** The form, filled in. */
  LedgerView.Filters form() {
    return new LedgerView.Filters(
        List.of(
            field("person", "Person", "text", "alice"),
            field("role", "Role", "text", "prod-db-debug"),
            field("server", "Server", "text", "db-1.example.com"),
            field("key", "Key", "text", "SHA256:…"),
            field("from", "From", "datetime-local", ""),
            field("to", "Before", "datetime-local", ""),
            field("reason", "Reason has", "text", "INC-42"),
            field("text", "Details have", "text", "")),
        Arrays.stream(EntryKind.values())
            .map(kind ->
                new LedgerView.Kind(
                    kind.wireName(), KindWords.of(kind), kind.wireName().equals(given.get("kind"))))
            .toList(),
        !given.isEmpty());
  }

  private LedgerView.Field field(String name, String label, String type, String hint) {
    String value = given.getOrDefault(name, "");
    // What an input of this type cannot hold would vanish from the form.
    boolean whole =
        !type.equals("datetime-local") || value.isEmpty() || value.length() == TO_THE_MINUTE;
    return new LedgerView.Field(name, label, whole ? type : "text", value, hint);
  }

  private static Optional<String> text(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name));
  }

  private static Optional<Fingerprint> key(Map<String, String> given) {
    try {
      Optional<String> text = text(given, "key");
      return text.isEmpty() ? Optional.empty() : Optional.of(Fingerprint.parse(text.get()));
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }

  /** A moment as programs write it, or as a form does, in UTC. */
  private static Optional<Instant> moment(Map<String, String> given, String name) {
    Optional<String> text = text(given, name);
    try {
      return text.map(value ->
          value.endsWith("Z")
              ? Instant.parse(value)
              : LocalDateTime.parse(value.contains("T") ? value : value + "T00:00")
                  .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> alert(
      Map<String, String> given,
      boolean kind,
      Optional<Fingerprint> key,
      Optional<Instant> from,
      Optional<Instant> to) {
    if (given.containsKey("kind") && !kind) {
      return Optional.of("There is no such kind of entry; all kinds are shown.");
    }
    if (given.containsKey("key") && key.isEmpty()) {
      return Optional.of("A key is given by its fingerprint, SHA256:…; all keys are shown.");
    }
    boolean unread =
        (given.containsKey("from") && from.isEmpty()) || (given.containsKey("to") && to.isEmpty());
    return unread
        ? Optional.of("A moment looks like 2026-11-21T01:13; all times are shown.")
        : Optional.empty();
  }
}
