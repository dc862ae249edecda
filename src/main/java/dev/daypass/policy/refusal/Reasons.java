package dev.daypass.policy.refusal;

import java.util.ArrayList;
import java.util.List;

/** Collects every reason against one request. Confined to one decision. */
public final class Reasons {

  private final List<RefusalReason> reasons = new ArrayList<>();

  public void add(RefusalCode code, String detail, String remedy) {
    add(new RefusalReason(code, detail, remedy));
  }

  public void add(RefusalReason reason) {
    reasons.add(reason);
  }

  public List<RefusalReason> all() {
    return List.copyOf(reasons);
  }
}
