package dev.daypass.outward.ocsf;

import static dev.daypass.outward.Severity.CRITICAL;
import static dev.daypass.outward.Severity.HIGH;
import static dev.daypass.outward.Severity.INFORMATIONAL;
import static dev.daypass.outward.Severity.LOW;
import static dev.daypass.outward.Severity.MEDIUM;
import static dev.daypass.outward.ocsf.OcsfClass.APPLICATION_LIFECYCLE;
import static dev.daypass.outward.ocsf.OcsfClass.AUTHENTICATION;
import static dev.daypass.outward.ocsf.OcsfClass.AUTHORIZE_SESSION;
import static dev.daypass.outward.ocsf.OcsfClass.DETECTION_FINDING;
import static dev.daypass.outward.ocsf.OcsfClass.ENTITY_MANAGEMENT;
import static dev.daypass.outward.ocsf.OcsfClass.SSH_ACTIVITY;
import static dev.daypass.outward.ocsf.OcsfClass.USER_ACCESS;

import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.outward.Severity;
import java.util.Optional;

/**
 * What an entry is in OCSF 1.5.0: a class, one of its activities by {@code activity_id} and
 * caption, and how it ended.
 *
 * @param succeeded what {@code status_id} says: 1 Success or 2 Failure
 */
record OcsfActivity(OcsfClass type, int id, String caption, Severity severity, boolean succeeded) {
  /** {@code activity_id} of what the class has no word for. */
  private static final int OTHER = 99;

  /** The one of this entry; a kind that is new has to be given its own. */
  static OcsfActivity of(ReadEntry read) {
    return switch (read.entry().kind()) {
      case LEDGER_CREATED -> did(APPLICATION_LIFECYCLE, 1, "Install", MEDIUM);
      case DAEMON_STARTED -> did(APPLICATION_LIFECYCLE, 3, "Start", INFORMATIONAL);
      case CLOCK_THAWED, ISSUANCE_THAWED -> did(APPLICATION_LIFECYCLE, 6, "Enable", MEDIUM);
      case ISSUANCE_FROZEN -> did(APPLICATION_LIFECYCLE, 7, "Disable", HIGH);
      case POLICY_LOADED, CONFIG_LOADED -> did(ENTITY_MANAGEMENT, 3, "Update", LOW);
      case BUNDLE_PUBLISHED -> did(ENTITY_MANAGEMENT, 3, "Update", MEDIUM);
      case KRL_PUBLISHED -> did(ENTITY_MANAGEMENT, 3, "Update", INFORMATIONAL);
      case CA_KEY_ADDED -> did(ENTITY_MANAGEMENT, 1, "Create", MEDIUM);
      case CA_KEY_ACTIVATED -> did(ENTITY_MANAGEMENT, 10, "Activate", MEDIUM);
      case CA_KEY_RETIRED -> did(ENTITY_MANAGEMENT, 11, "Deactivate", MEDIUM);
      case LOGIN_OPENED -> loginOpened(read.details());
      case LOGIN_ENDED -> did(AUTHENTICATION, 2, "Logoff", INFORMATIONAL);
      case CERTIFICATE_GRANTED, TOKEN_GRANTED ->
          did(AUTHORIZE_SESSION, 1, "Assign Privileges", INFORMATIONAL);
      case CERTIFICATE_FAILED -> failed(ENTITY_MANAGEMENT, 1, "Create", LOW);
      case HOST_CERTIFICATE_GRANTED -> did(ENTITY_MANAGEMENT, 1, "Create", INFORMATIONAL);
      case REQUESTS_REFUSED -> refused(read.details());
      case REVOCATION_ADDED -> did(ENTITY_MANAGEMENT, 9, "Disable", LOW);
      case HOST_JOINED -> did(ENTITY_MANAGEMENT, 6, "Enroll", LOW);
      case HOST_CHANGED -> did(ENTITY_MANAGEMENT, 3, "Update", LOW);
      case HOST_LEFT -> did(ENTITY_MANAGEMENT, 7, "Unenroll", LOW);
      case SESSION_OPENED -> did(SSH_ACTIVITY, 1, "Open", INFORMATIONAL);
      case SESSION_CLOSED -> did(SSH_ACTIVITY, 2, "Close", INFORMATIONAL);
      case SESSION_ALARM -> did(DETECTION_FINDING, 1, "Create", HIGH);
      case BREAKGLASS_REPORTED -> did(DETECTION_FINDING, 1, "Create", CRITICAL);
      case DETAILS_ERASED -> did(ENTITY_MANAGEMENT, 4, "Delete", LOW);
      case EXPORT_MADE -> did(ENTITY_MANAGEMENT, 2, "Read", LOW);
      case GRANT_REQUESTED -> did(USER_ACCESS, OTHER, "Request", INFORMATIONAL);
      case GRANT_APPROVED -> did(USER_ACCESS, 1, "Assign Privileges", LOW);
      case GRANT_DENIED -> failed(USER_ACCESS, 1, "Assign Privileges", LOW);
      case GRANT_ENDED -> did(USER_ACCESS, 2, "Revoke Privileges", INFORMATIONAL);
    };
  }

  /** Where a finding that is no entry begins. */
  static OcsfActivity found(Severity severity) {
    return did(DETECTION_FINDING, 1, "Create", severity);
  }

  /** OCSF: class_uid * 100 + activity_id. */
  int typeUid() {
    return type.uid() * 100 + id;
  }

  /** Consent in the browser comes before the key is bound. */
  private static OcsfActivity loginOpened(Optional<JsonObject> details) {
    boolean bound = details.flatMap(d -> d.text("step")).filter("consented"::equals).isEmpty();
    return bound
        ? did(AUTHENTICATION, 1, "Logon", INFORMATIONAL)
        : did(AUTHENTICATION, 6, "Preauth", INFORMATIONAL);
  }

  /** Who asked for no role wanted to log in, or to see something. */
  private static OcsfActivity refused(Optional<JsonObject> details) {
    return details.flatMap(d -> d.text("role")).isPresent()
        ? failed(AUTHORIZE_SESSION, 1, "Assign Privileges", LOW)
        : failed(AUTHENTICATION, 1, "Logon", LOW);
  }

  private static OcsfActivity did(OcsfClass type, int id, String caption, Severity severity) {
    return new OcsfActivity(type, id, caption, severity, true);
  }

  private static OcsfActivity failed(OcsfClass type, int id, String caption, Severity severity) {
    return new OcsfActivity(type, id, caption, severity, false);
  }
}
