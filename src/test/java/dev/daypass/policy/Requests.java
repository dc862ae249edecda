package dev.daypass.policy;

import dev.daypass.policy.address.Cidr;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.role.Extension;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.SshPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds requests for {@code prod-db-debug}. */
final class Requests {

  private RoleName role = Samples.DEBUG;
  private SshPublicKey key = Samples.ed25519();
  private Optional<Duration> ttl = Optional.empty();
  private Optional<Instant> validAfter = Optional.empty();
  private Optional<String> reason = Optional.empty();
  private List<Host> hosts = List.of();
  private List<Cidr> sourceAddress = List.of();
  private Optional<String> forceCommand = Optional.empty();
  private Set<Extension> without = Set.of();
  private Optional<IpAddress> observed = IpAddress.parse("10.9.8.7");

  private Requests() {}

  static Requests request() {
    return new Requests();
  }

  Requests role(String name) {
    role = new RoleName(name);
    return this;
  }

  Requests key(SshPublicKey value) {
    key = value;
    return this;
  }

  Requests ttl(Duration value) {
    ttl = Optional.of(value);
    return this;
  }

  Requests validAfter(Instant value) {
    validAfter = Optional.of(value);
    return this;
  }

  Requests reason(String value) {
    reason = Optional.of(value);
    return this;
  }

  Requests hosts(Host... values) {
    hosts = List.of(values);
    return this;
  }

  Requests sourceAddress(String... values) {
    sourceAddress = Arrays.stream(values).map(v -> Cidr.parse(v).orElseThrow()).toList();
    return this;
  }

  Requests forceCommand(String value) {
    forceCommand = Optional.of(value);
    return this;
  }

  Requests without(Extension... values) {
    without = Set.of(values);
    return this;
  }

  Requests observed(String value) {
    observed = IpAddress.parse(value);
    return this;
  }

  AccessRequest build() {
    return new AccessRequest(
        role,
        key,
        ttl,
        validAfter,
        reason,
        hosts,
        new Restriction(sourceAddress, forceCommand, without),
        observed);
  }
}
