package dev.daypass.policy;

import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.role.Role;
import java.util.List;

/** What policy says to a request. */
public sealed interface Decision {

  /**
   * The identity may hold the role, and this is what its certificate says.
   *
   * @param rule the rule that granted, by its place in the policy file
   * @param failures allow conditions that could not be evaluated on the way
   */
  record Granted(
      Role role,
      String rule,
      KeyId keyId,
      List<Principal> principals,
      ValidityWindow window,
      CertificateOptions criticalOptions,
      CertificateOptions extensions,
      List<Host> hosts,
      List<ConditionFailure> failures)
      implements Decision {

    public Granted {
      principals = List.copyOf(principals);
      hosts = List.copyOf(hosts);
      failures = List.copyOf(failures);
    }
  }

  /** Every reason against it, at least one, in the order in which they were found. */
  record Refused(List<RefusalReason> reasons) implements Decision {

    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal has a reason");
      }
    }

    /** Whether the request itself is wrong, whoever sends it. */
    public boolean malformed() {
      return reasons.stream().anyMatch(reason -> reason.code().malformed());
    }
  }

  /** Somebody else has to agree first (DESIGN section 11); no policy asks for it yet. */
  record NeedsApproval(String grantHint) implements Decision {}
}
