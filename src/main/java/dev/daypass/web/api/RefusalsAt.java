package dev.daypass.web.api;

import dev.daypass.fleet.session.RefusedLogin;
import dev.daypass.identity.IdentityId;
import dev.daypass.policy.host.HostName;
import java.util.List;

/** What a server says that it refused somebody of late. */
@FunctionalInterface
public interface RefusalsAt {
  /** The newest first; those of this identity's own certificates and no others. */
  List<RefusedLogin> of(IdentityId id, HostName host);
}
