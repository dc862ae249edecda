package dev.daypass.web.api;

import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import java.util.Optional;

/** The servers that daypass knows: {@link dev.daypass.fleet.HostDirectory#find}. */
@FunctionalInterface
public interface ServerDirectory {
  Optional<Host> find(HostName name);
}
