package dev.daypass.web.api;

import dev.daypass.identity.Identity;
import dev.daypass.policy.RoleView;
import java.util.List;

/** Every role as an identity sees it now: {@link dev.daypass.policy.Policy#rolesFor}. */
@FunctionalInterface
public interface RoleDirectory {
  List<RoleView> rolesFor(Identity identity);
}
