package dev.daypass.policy;

import java.util.ArrayList;
import java.util.List;

/** Collects every reason against one request. Confined to one decision. */
final class Reasons {

  private final List<RefusalReason> reasons = new ArrayList<>();

  void add(RefusalCode code, String detail, String remedy) {
    add(new RefusalReason(code, detail, remedy));
  }

  void add(RefusalReason reason) {
    reasons.add(reason);
  }

  List<RefusalReason> all() {
    return List.copyOf(reasons);
  }
}
