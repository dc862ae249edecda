package dev.daypass.policy;

import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.identity.Identity;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A grant as it was written down, to be held against the policy of its time.
 *
 * @param at when it was written down, moments after it was decided
 * @param identity without claims, methods and labels, which are not written down
 * @param rule the rule that is said to have allowed it
 */
public record PastGrant(
    Instant at,
    Identity identity,
    RoleName role,
    String rule,
    Optional<String> reason,
    List<HostName> hosts,
    Optional<IpAddress> address,
    Content content) {
  /** What the certificate says. */
  public record Content(
      SshPublicKey key,
      KeyId keyId,
      List<Principal> principals,
      ValidityWindow window,
      CertificateOptions criticalOptions,
      CertificateOptions extensions) {}

  public PastGrant {
    hosts = List.copyOf(hosts);
  }
}
