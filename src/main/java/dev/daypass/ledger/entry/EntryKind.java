package dev.daypass.ledger.entry;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an entry records. The list is closed (DESIGN, section 6): an unknown kind fails
 * verification.
 */
public enum EntryKind {
  LEDGER_CREATED("ledger.created"),
  DAEMON_STARTED("daemon.started"),
  POLICY_LOADED("policy.loaded"),
  CONFIG_LOADED("config.loaded"),
  CA_KEY_ADDED("ca.key.added"),
  CA_KEY_ACTIVATED("ca.key.activated"),
  CA_KEY_RETIRED("ca.key.retired"),
  BUNDLE_PUBLISHED("bundle.published"),
  KRL_PUBLISHED("krl.published"),
  LOGIN_OPENED("login.opened"),
  LOGIN_ENDED("login.ended"),
  CERTIFICATE_GRANTED("certificate.granted"),
  CERTIFICATE_FAILED("certificate.failed"),
  HOST_CERTIFICATE_GRANTED("host-certificate.granted"),
  REQUESTS_REFUSED("requests.refused"),
  REVOCATION_ADDED("revocation.added"),
  HOST_JOINED("host.joined"),
  HOST_CHANGED("host.changed"),
  HOST_LEFT("host.left"),
  SESSION_OPENED("session.opened"),
  SESSION_CLOSED("session.closed"),
  SESSION_ALARM("session.alarm"),
  DETAILS_ERASED("details.erased"),
  EXPORT_MADE("export.made"),
  GRANT_REQUESTED("grant.requested"),
  GRANT_APPROVED("grant.approved"),
  GRANT_DENIED("grant.denied"),
  GRANT_ENDED("grant.ended"),
  TOKEN_GRANTED("token.granted"),
  BREAKGLASS_REPORTED("breakglass.reported"),
  /** An operator vouched for the clock after it had stopped signing. */
  CLOCK_THAWED("clock.thawed"),
  /** An operator stopped all issuance; its end is the next kind. */
  ISSUANCE_FROZEN("issuance.frozen"),
  ISSUANCE_THAWED("issuance.thawed");

  private static final Map<String, EntryKind> BY_WIRE_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(EntryKind::wireName, Function.identity()));

  private final String wireName;

  EntryKind(String wireName) {
    this.wireName = wireName;
  }

  /** The kind of this name, empty if the list does not have it. */
  public static Optional<EntryKind> ofWireName(String name) {
    return Optional.ofNullable(BY_WIRE_NAME.get(name));
  }

  /** The name in the entry, such as {@code certificate.granted}. */
  public String wireName() {
    return wireName;
  }

  /** Whether the entry commits to the to-be-signed bytes of a certificate. */
  public boolean commitsToCertificate() {
    return this == CERTIFICATE_GRANTED || this == HOST_CERTIFICATE_GRANTED;
  }

  /**
   * Whether the details may be erased. Without those of the others the ledger could not be checked,
   * or the next start would no more know of what it must: what was erased, revoked, in force.
   */
  public boolean isErasable() {
    return switch (this) {
      case DAEMON_STARTED,
          LOGIN_OPENED,
          LOGIN_ENDED,
          CERTIFICATE_GRANTED,
          CERTIFICATE_FAILED,
          HOST_CERTIFICATE_GRANTED,
          REQUESTS_REFUSED,
          HOST_JOINED,
          HOST_CHANGED,
          HOST_LEFT,
          SESSION_OPENED,
          SESSION_CLOSED,
          SESSION_ALARM,
          EXPORT_MADE,
          GRANT_REQUESTED,
          GRANT_APPROVED,
          GRANT_DENIED,
          GRANT_ENDED,
          TOKEN_GRANTED,
          BREAKGLASS_REPORTED,
          CLOCK_THAWED,
          ISSUANCE_FROZEN,
          ISSUANCE_THAWED ->
          true;
      case LEDGER_CREATED,
          POLICY_LOADED,
          CONFIG_LOADED,
          CA_KEY_ADDED,
          CA_KEY_ACTIVATED,
          CA_KEY_RETIRED,
          BUNDLE_PUBLISHED,
          KRL_PUBLISHED,
          REVOCATION_ADDED,
          DETAILS_ERASED ->
          false;
    };
  }

  /** Whether the entry has a {@code public} member. */
  public boolean hasPublicPart() {
    return switch (this) {
      case LEDGER_CREATED,
          CA_KEY_ADDED,
          CA_KEY_ACTIVATED,
          CA_KEY_RETIRED,
          BUNDLE_PUBLISHED,
          KRL_PUBLISHED ->
          true;
      default -> false;
    };
  }
}
