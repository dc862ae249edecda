package dev.daypass.ledger.verify;

import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonBoolean;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one entry says of a login: DESIGN section 4, Login and Re-check. */
sealed interface LoginStep {
  /** A key, by its fingerprint, was bound. */
  record Bound(String login, String key) implements LoginStep {}

  /**
   * A login ended.
   *
   * @param revokes whether its live certificates are to be revoked
   */
  record Ended(String login, boolean revokes) implements LoginStep {}

  /** A certificate was granted for it. */
  record Granted(String login, String key, Instant validBefore) implements LoginStep {}

  /** Certificates that it was granted do not count any more. */
  record Revoked(String login, List<String> serials) implements LoginStep {}

  /** The daemon began, and will take up what the one before left unfinished. */
  record Started() implements LoginStep {}

  /** An entry that may have said something, whose details are gone. */
  record Unreadable(EntryKind kind) implements LoginStep {}

  /** Empty if the entry is about no login. */
  static Optional<LoginStep> of(EntryKind kind, Optional<JsonObject> details) {
    return switch (kind) {
      case DAEMON_STARTED -> Optional.of(new Started());
      case LOGIN_OPENED, LOGIN_ENDED, CERTIFICATE_GRANTED, REVOCATION_ADDED ->
          details.isEmpty() ? Optional.of(new Unreadable(kind)) : ofLogin(kind, details.get());
      default -> Optional.empty();
    };
  }

  private static Optional<LoginStep> ofLogin(EntryKind kind, JsonObject details) {
    Optional<String> login = details.text("login");
    if (login.isEmpty()) {
      return Optional.empty();
    }
    return switch (kind) {
      case LOGIN_OPENED ->
          details
              .text("step")
              .filter("bound"::equals)
              .map(_ -> new Bound(login.get(), details.text("key").orElse("")));
      case LOGIN_ENDED ->
          Optional.of(
              new Ended(
                  login.get(),
                  details
                      .value("revokes")
                      .filter(value -> value.equals(new JsonBoolean(true)))
                      .isPresent()));
      case REVOCATION_ADDED -> Optional.of(new Revoked(login.get(), serials(details)));
      default -> Optional.of(new Granted(login.get(), fingerprint(details), validBefore(details)));
    };
  }

  private static List<String> serials(JsonObject details) {
    return details.value("serials").orElse(null) instanceof JsonArray(List<JsonValue> values)
        ? values.stream()
            .map(value -> value instanceof JsonText(String serial) ? serial : "(none)")
            .toList()
        : List.of();
  }

  /** A granted entry has the whole key, those of a login its fingerprint. */
  private static String fingerprint(JsonObject details) {
    try {
      return SshPublicKey.parse(details.text("key").orElse("")).fingerprint().toString();
    } catch (SshFormatException _) {
      return "(none)";
    }
  }

  /** What cannot be read counts as live. */
  private static Instant validBefore(JsonObject details) {
    try {
      return details.text("valid_before").map(Instant::parse).orElse(Instant.MAX);
    } catch (DateTimeException _) {
      return Instant.MAX;
    }
  }
}
