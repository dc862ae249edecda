package dev.daypass.policy.request;

import dev.daypass.policy.AccessRequest;
import dev.daypass.policy.Decision;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.SshPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads requests; the directory says which servers are known. */
public final class RequestReader {

  private final Function<HostName, Optional<Host>> directory;

  public RequestReader(Function<HostName, Optional<Host>> directory) {
    this.directory = directory;
  }

  /**
   * Reads every member and reports everything that is wrong, not only the first.
   *
   * @param observed where the request came from, if that is known
   */
  public RequestReading read(RawRequest raw, SshPublicKey key, Optional<IpAddress> observed) {
    MemberReader members = new MemberReader();
    var role = members.role(raw.role());
    var ttl = raw.ttl().flatMap(members::ttl);
    var validAfter = raw.validAfter().flatMap(members::validAfter);
    var reason = raw.reason().flatMap(members::reason);
    List<HostName> names = raw.hosts().map(members::hosts).orElse(List.of());
    List<Host> hosts = members.known(names, directory);
    var restriction = members.restriction(raw);
    if (role.isEmpty() || !members.refusals().isEmpty()) {
      return new RequestReading.Unreadable(new Decision.Refused(members.refusals()));
    }
    return new RequestReading.Read(
        new AccessRequest(role.get(), key, ttl, validAfter, reason, hosts, restriction, observed));
  }
}
