package dev.daypass.cli.report;

import dev.daypass.ledger.entry.EntryKind;
import java.util.List;
import java.util.Optional;

/** The tables of a pack: a file of CSV each, and a section of its page. */
enum Table {
  GRANTED(
      "access-granted",
      "Access granted",
      "person role rule reason servers valid_after valid_before minutes released used revoked"
          + " address key_id"),
  REFUSED("access-refused", "Access refused", "person role why count address"),
  REVOKED("access-revoked", "Access revoked", "by target what why certificates"),
  UNUSED(
      "access-unused",
      "Access granted and not used",
      "person role reason valid_after valid_before"),
  LOGINS("logins", "Logins", "kind person cause by hostname address"),
  SESSIONS(
      "sessions", "Sessions on servers", "kind server account user serial session happened_at"),
  ALARMS("alarms", "Alarms", "server alarm serial session said_in_entry"),
  CHANGES("policy-and-keys", "Changes of policy, configuration and keys", "kind by what sha256"),
  SERVERS("servers", "Servers", "kind server by why"),
  OPERATIONS("operations", "The service itself", "kind by why");

  private final String file;
  private final String title;
  private final String columns;

  Table(String file, String title, String columns) {
    this.file = file;
    this.title = title;
    this.columns = columns;
  }

  /** The name of its file. */
  String file() {
    return file + ".csv";
  }

  String title() {
    return title;
  }

  /** The names of its columns; number and time come first. */
  List<String> columns() {
    return List.of(columns.split(" ", -1));
  }

  /** Where an entry of that kind belongs; none for what is only counted. */
  static Optional<Table> of(EntryKind kind) {
    return switch (kind) {
      case CERTIFICATE_GRANTED -> Optional.of(GRANTED);
      case REQUESTS_REFUSED, GRANT_DENIED -> Optional.of(REFUSED);
      case REVOCATION_ADDED -> Optional.of(REVOKED);
      case LOGIN_OPENED, LOGIN_ENDED -> Optional.of(LOGINS);
      case SESSION_OPENED, SESSION_CLOSED -> Optional.of(SESSIONS);
      case SESSION_ALARM, BREAKGLASS_REPORTED -> Optional.of(ALARMS);
      case POLICY_LOADED,
          CONFIG_LOADED,
          CA_KEY_ADDED,
          CA_KEY_ACTIVATED,
          CA_KEY_RETIRED,
          BUNDLE_PUBLISHED ->
          Optional.of(CHANGES);
      case HOST_JOINED, HOST_CHANGED, HOST_LEFT -> Optional.of(SERVERS);
      case LEDGER_CREATED,
          DAEMON_STARTED,
          DETAILS_ERASED,
          EXPORT_MADE,
          CLOCK_THAWED,
          ISSUANCE_FROZEN,
          ISSUANCE_THAWED ->
          Optional.of(OPERATIONS);
      case KRL_PUBLISHED,
          CERTIFICATE_FAILED,
          HOST_CERTIFICATE_GRANTED,
          GRANT_REQUESTED,
          GRANT_APPROVED,
          GRANT_ENDED,
          TOKEN_GRANTED ->
          Optional.empty();
    };
  }
}
