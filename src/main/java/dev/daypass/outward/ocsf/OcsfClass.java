package dev.daypass.outward.ocsf;

/** The event classes of OCSF 1.5.0 that entries are told in; their names are the schema's. */
enum OcsfClass {
  DETECTION_FINDING(2004, "Detection Finding", OcsfCategory.FINDINGS),
  AUTHENTICATION(3002, "Authentication", OcsfCategory.IAM),
  AUTHORIZE_SESSION(3003, "Authorize Session", OcsfCategory.IAM),
  ENTITY_MANAGEMENT(3004, "Entity Management", OcsfCategory.IAM),
  USER_ACCESS(3005, "User Access Management", OcsfCategory.IAM),
  SSH_ACTIVITY(4007, "SSH Activity", OcsfCategory.NETWORK),
  APPLICATION_LIFECYCLE(6002, "Application Lifecycle", OcsfCategory.APPLICATION);

  private final int uid;
  private final String caption;
  private final OcsfCategory category;

  OcsfClass(int uid, String caption, OcsfCategory category) {
    this.uid = uid;
    this.caption = caption;
    this.category = category;
  }

  int uid() {
    return uid;
  }

  String caption() {
    return caption;
  }

  OcsfCategory category() {
    return category;
  }
}
