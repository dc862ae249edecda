package dev.daypass.policy;

import dev.daypass.cert.CertificateOptions;
import dev.daypass.policy.address.Cidr;
import dev.daypass.policy.refusal.Reasons;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.role.Extension;
import dev.daypass.policy.role.Role;
import dev.daypass.policy.role.SourceRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Critical options and extensions of a role's certificate: what the role names, less what the
 * request takes away (DESIGN section 5; OpenSSH PROTOCOL.certkeys; CASES 18 to 26).
 */
final class OptionRule {

  private OptionRule() {}

  static CertificateOptions criticalOptions(Role role, AccessRequest request, Reasons reasons) {
    CertificateOptions options = CertificateOptions.EMPTY;
    Optional<String> command = forceCommand(role, request.restriction(), reasons);
    if (command.isPresent()) {
      options = options.text("force-command", command.get());
    }
    List<Cidr> ranges = sourceAddress(role, request, reasons);
    if (!ranges.isEmpty()) {
      options = options.text("source-address", join(ranges));
    }
    return role.keys().verifyRequired() ? options.flag("verify-required") : options;
  }

  static CertificateOptions extensions(Role role, AccessRequest request) {
    CertificateOptions options = CertificateOptions.EMPTY;
    for (Extension extension : role.extensions()) {
      boolean means =
          extension != Extension.NO_TOUCH_REQUIRED || request.key().type().isSecurityKey();
      if (means && !request.restriction().without().contains(extension)) {
        options = options.flag(extension.text());
      }
    }
    return options;
  }

  private static Optional<String> forceCommand(
      Role role, Restriction restriction, Reasons reasons) {
    if (role.forceCommand().isPresent() && restriction.forceCommand().isPresent()) {
      reasons.add(
          RefusalCode.FORCE_COMMAND_FIXED,
          "This role sets its own force-command.",
          "Leave force_command out.");
    }
    return role.forceCommand().or(restriction::forceCommand);
  }

  private static List<Cidr> sourceAddress(Role role, AccessRequest request, Reasons reasons) {
    List<Cidr> asked = request.restriction().sourceAddress();
    List<Cidr> allowed =
        switch (role.sourceRule()) {
          case SourceRule.Anywhere() -> List.of();
          case SourceRule.Ranges(List<Cidr> ranges) -> ranges;
          case SourceRule.Observed() -> observed(request, reasons);
        };
    if (allowed.isEmpty() || asked.isEmpty()) {
      return asked.isEmpty() ? allowed : asked;
    }
    for (Cidr range : asked) {
      if (allowed.stream().noneMatch(outer -> outer.contains(range))) {
        reasons.add(
            RefusalCode.SOURCE_ADDRESS_OUTSIDE_ROLE,
            range + " is not inside what the role allows: " + join(allowed) + ".",
            "Name a range inside it, or leave source_address out.");
      }
    }
    return asked;
  }

  private static List<Cidr> observed(AccessRequest request, Reasons reasons) {
    if (request.observedAddress().isEmpty()) {
      reasons.add(
          RefusalCode.SOURCE_ADDRESS_UNKNOWN,
          "This role is bound to the address you ask from, and that is not known.",
          "Ask over the network, from where you will connect.");
    }
    return request.observedAddress().map(Cidr::ofSingle).stream().toList();
  }

  private static String join(List<Cidr> ranges) {
    return ranges.stream().map(Cidr::toString).distinct().collect(Collectors.joining(","));
  }
}
