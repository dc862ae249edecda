package dev.daypass.policy.refusal;

/**
 * The closed list of reasons for which policy refuses; the texts are stable and part of the API.
 * {@link #malformed} tells a request that nobody could ever be granted from one that this identity
 * is not granted.
 */
public enum RefusalCode {
  ROLE_MALFORMED("role_malformed", true),
  ROLE_UNKNOWN("role_unknown", false),
  KIND_NOT_ALLOWED("kind_not_allowed", false),
  ISSUER_NOT_ALLOWED("issuer_not_allowed", false),
  AUTHENTICATION_TOO_OLD("authentication_too_old", false),
  NO_RULE_MATCHED("no_rule_matched", false),
  CONDITION_FAILED("condition_failed", false),
  DENIED("denied", false),
  KEY_TYPE_NOT_ALLOWED("key_type_not_allowed", false),
  SECURITY_KEY_REQUIRED("security_key_required", true),
  REASON_MALFORMED("reason_malformed", true),
  REASON_REQUIRED("reason_required", false),
  REASON_NOT_ACCEPTED("reason_not_accepted", false),
  TTL_MALFORMED("ttl_malformed", true),
  TTL_ABOVE_MAX("ttl_above_max", false),
  VALID_AFTER_MALFORMED("valid_after_malformed", true),
  VALID_AFTER_TOO_EARLY("valid_after_too_early", true),
  VALID_AFTER_TOO_LATE("valid_after_too_late", true),
  PRINCIPALS_EMPTY("principals_empty", true),
  HOST_MALFORMED("host_malformed", true),
  HOST_REPEATED("host_repeated", true),
  HOST_UNKNOWN("host_unknown", false),
  HOST_NOT_IN_ROLE("host_not_in_role", false),
  HOSTS_NOT_SUPPORTED("hosts_not_supported", false),
  TOO_MANY_PRINCIPALS("too_many_principals", true),
  PRINCIPAL_TOO_LONG("principal_too_long", true),
  ACCOUNT_MISSING("account_missing", false),
  ACCOUNT_RESERVED("account_reserved", false),
  SOURCE_ADDRESS_MALFORMED("source_address_malformed", true),
  SOURCE_ADDRESS_OUTSIDE_ROLE("source_address_outside_role", false),
  SOURCE_ADDRESS_UNKNOWN("source_address_unknown", false),
  FORCE_COMMAND_MALFORMED("force_command_malformed", true),
  FORCE_COMMAND_FIXED("force_command_fixed", false),
  EXTENSION_UNKNOWN("extension_unknown", true),
  KEY_ID_TOO_LONG("key_id_too_long", false);

  private final String text;
  private final boolean malformed;

  RefusalCode(String text, boolean malformed) {
    this.text = text;
    this.malformed = malformed;
  }

  public String text() {
    return text;
  }

  /** Whether the request itself is wrong, whoever sends it. */
  public boolean malformed() {
    return malformed;
  }

  @Override
  public String toString() {
    return text;
  }
}
