package dev.daypass.policy.role;

import java.util.Optional;

/**
 * The extensions that a role may name: the flags of PROTOCOL.certkeys (OpenSSH), "Extensions". A
 * certificate holds none that its role does not name.
 */
public enum Extension {
  PERMIT_X11_FORWARDING("permit-X11-forwarding"),
  PERMIT_AGENT_FORWARDING("permit-agent-forwarding"),
  PERMIT_PORT_FORWARDING("permit-port-forwarding"),
  PERMIT_PTY("permit-pty"),
  PERMIT_USER_RC("permit-user-rc"),
  NO_TOUCH_REQUIRED("no-touch-required");

  private final String text;

  Extension(String text) {
    this.text = text;
  }

  /** The name in a certificate. */
  public String text() {
    return text;
  }

  public static Optional<Extension> parse(String text) {
    for (Extension extension : values()) {
      if (extension.text.equals(text)) {
        return Optional.of(extension);
      }
    }
    return Optional.empty();
  }
}
