package dev.daypass.cert.lint;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about the principals. */
final class PrincipalLint {
  private static final int MAX_LENGTH = 255;

  /** What a user's principal may hold beside ASCII letters and digits, but not begin with. */
  private static final String INSIDE_USER = ".@:+-";

  /** A lower-case DNS name, or an IP address of either family. */
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]*:[0-9a-f:.]*");

  private PrincipalLint() {}

  static void check(CertificateContent content, LintLimits limits, List<LintFinding> findings) {
    List<Principal> principals = content.principals();
    // Section 2.1.1, "valid principals": none means any. OpenSSH before 10.3 accepts such a user
    // certificate in authorized_keys, and such a host certificate for every name.
    if (principals.isEmpty()) {
      findings.add(new LintFinding("principals_empty", "none would mean any"));
    }
    // sshkey.h, SSHKEY_CERT_MAX_PRINCIPALS is 256; a CA's own bound is lower.
    if (principals.size() > limits.maxPrincipals()) {
      findings.add(
          new LintFinding(
              "principals_too_many",
              principals.size() + " are more than " + limits.maxPrincipals()));
    }
    Set<String> seen = new HashSet<>();
    for (Principal principal : principals) {
      checkName(content.type(), principal.name(), findings);
      // sshd compares exactly, people do not: "Root" beside "root" hides one of them.
      if (!seen.add(principal.name().toLowerCase(Locale.ROOT))) {
        findings.add(new LintFinding("principal_repeated", "one principal stands twice"));
      }
    }
  }

  private static void checkName(CertificateType type, String name, List<LintFinding> findings) {
    if (name.isEmpty()) {
      findings.add(new LintFinding("principal_empty", "a principal is empty"));
      return;
    }
    if (name.length() > MAX_LENGTH) {
      findings.add(new LintFinding("principal_too_long", "more than 255 bytes"));
    }
    boolean allowed =
        switch (type) {
          case USER -> isUser(name);
          // ssh lower-cases the name that it looks for, so an upper-case principal never matches;
          // wildcards mean different things before and after OpenSSH 10.3 (sshconnect.c).
          case HOST -> HOST.matcher(name).matches() || IPV6.matcher(name).matches();
        };
    if (!allowed) {
      findings.add(
          new LintFinding("principal_characters", "a principal holds what no server reads alike"));
    }
  }

  /** A closed list: no comma, space, control character, wildcard or negation, and ASCII alone. */
  private static boolean isUser(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean anywhere =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      if (!anywhere && (i == 0 || INSIDE_USER.indexOf(c) < 0)) {
        return false;
      }
    }
    return true;
  }
}
