package dev.daypass.policy;

import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.role.Role;
import java.util.List;

/**
 * A role as one identity sees it (DESIGN section 7, {@code GET /v1/roles}).
 *
 * @param reasons why it cannot be held; empty unless {@link Standing#REFUSED}
 */
public record RoleView(Role role, Standing standing, List<RefusalReason> reasons) {

  /** Whether the identity could hold the role now. */
  public enum Standing {
    /** Yes, with a request that names nothing but what the role demands. */
    HELD,
    /** Its conditions look at the request, so that only asking tells. */
    DEPENDS_ON_REQUEST,
    /** No, whatever the request says. */
    REFUSED
  }

  public RoleView {
    reasons = List.copyOf(reasons);
  }
}
