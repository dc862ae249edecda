package dev.daypass.outward.ocsf;

/** The categories of OCSF 1.5.0 that are used here: a class's number begins with its category's. */
enum OcsfCategory {
  FINDINGS(2, "Findings"),
  IAM(3, "Identity & Access Management"),
  NETWORK(4, "Network Activity"),
  APPLICATION(6, "Application Activity");

  private final int uid;
  private final String caption;

  OcsfCategory(int uid, String caption) {
    this.uid = uid;
    this.caption = caption;
  }

  int uid() {
    return uid;
  }

  String caption() {
    return caption;
  }
}
