package dev.daypass.cert.lint;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.LedgerProofExtension;
import dev.daypass.ssh.Bytes;
import java.util.List;
import java.util.Set;

/** Rules about critical options and extensions. */
final class OptionLint {
  private static final String FORCE_COMMAND = "force-command";
  private static final String SOURCE_ADDRESS = "source-address";
  private static final String VERIFY_REQUIRED = "verify-required";
  private static final String NO_TOUCH_REQUIRED = "no-touch-required";

  /** Section 2.4, the critical options defined for users. */
  private static final Set<String> CRITICAL =
      Set.of(FORCE_COMMAND, SOURCE_ADDRESS, VERIFY_REQUIRED);

  /** Section 2.3, the extensions defined for users; all are flags. */
  private static final Set<String> EXTENSION_FLAGS =
      Set.of(
          NO_TOUCH_REQUIRED,
          "permit-X11-forwarding",
          "permit-agent-forwarding",
          "permit-port-forwarding",
          "permit-pty",
          "permit-user-rc");

  private OptionLint() {}

  static void check(CertificateContent content, List<LintFinding> findings) {
    switch (content.type()) {
      case USER -> {
        content.criticalOptions().names().forEach(name -> checkCritical(content, name, findings));
        content.extensions().names().forEach(name -> checkExtension(content, name, findings));
      }
      case HOST -> checkHost(content, findings);
    }
  }

  /** Section 2.4: none is defined for hosts, and clients refuse any; 2.3: nor an extension. */
  private static void checkHost(CertificateContent content, List<LintFinding> findings) {
    if (!content.criticalOptions().isEmpty()) {
      findings.add(new LintFinding("host_critical_option", "clients refuse the certificate"));
    }
    if (!content.extensions().isEmpty()) {
      findings.add(new LintFinding("host_extension", "none is defined for hosts"));
    }
  }

  private static void checkCritical(
      CertificateContent content, String name, List<LintFinding> findings) {
    if (!CRITICAL.contains(name)) {
      // Section 2.4: an unknown critical option must refuse the login.
      findings.add(new LintFinding("critical_option_unknown", "no server knows the option"));
      return;
    }
    switch (name) {
      case FORCE_COMMAND -> checkForceCommand(content.criticalOptions(), findings);
      case SOURCE_ADDRESS -> checkSourceAddress(content.criticalOptions(), findings);
      default -> checkVerifyRequired(content, findings);
    }
  }

  /** Section 2.4: a string. NUL and newline end it early, in the shell or in sshd's log. */
  private static void checkForceCommand(CertificateOptions options, List<LintFinding> findings) {
    boolean readable =
        options
            .textValue(FORCE_COMMAND)
            .filter(command -> !command.isBlank())
            .filter(command -> command.chars().noneMatch(Character::isISOControl))
            .isPresent();
    if (!readable) {
      findings.add(new LintFinding("force_command_value", "not one command on one line"));
    }
  }

  /** Section 2.4: a list of CIDRs; sshd locks out for what {@link SourceAddresses} refuses. */
  private static void checkSourceAddress(CertificateOptions options, List<LintFinding> findings) {
    if (options.textValue(SOURCE_ADDRESS).filter(SourceAddresses::areCanonical).isEmpty()) {
      findings.add(new LintFinding("source_address_value", "not a list of canonical networks"));
    }
  }

  /** PROTOCOL.u2f: only a security key can verify its user. */
  private static void checkVerifyRequired(CertificateContent content, List<LintFinding> findings) {
    checkFlag(content.criticalOptions(), VERIFY_REQUIRED, findings);
    if (!content.publicKey().type().isSecurityKey()) {
      findings.add(new LintFinding("verify_required_key", "the key is no security key"));
    }
  }

  private static void checkExtension(
      CertificateContent content, String name, List<LintFinding> findings) {
    if (CRITICAL.contains(name)) {
      // Section 2.3: unknown extensions are ignored, so sshd logs in without enforcing it.
      findings.add(new LintFinding("critical_as_extension", "sshd would not enforce it"));
      return;
    }
    if (EXTENSION_FLAGS.contains(name)) {
      checkFlag(content.extensions(), name, findings);
      if (name.equals(NO_TOUCH_REQUIRED) && !content.publicKey().type().isSecurityKey()) {
        findings.add(new LintFinding("no_touch_key", "the key is no security key"));
      }
      return;
    }
    if (!name.equals(LedgerProofExtension.NAME)) {
      findings.add(new LintFinding("extension_unknown", "neither OpenSSH's nor daypass's own"));
    }
  }

  /** A flag's data is the empty string; anything else, a wrapped one too, makes sshd refuse. */
  private static void checkFlag(
      CertificateOptions options, String name, List<LintFinding> findings) {
    if (!options.value(name).filter(Bytes::isEmpty).isPresent()) {
      findings.add(new LintFinding("flag_with_data", name + " takes no data"));
    }
  }
}
