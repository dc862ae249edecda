package dev.daypass.login;

import java.util.Arrays;
import java.util.Optional;

/** How the browser's consent finds its way back to the terminal (DESIGN section 4, Login). */
public enum LoginMode {
  /** The browser runs beside the terminal and posts a proof to it. */
  LOOPBACK("loopback"),
  /** The browser runs elsewhere; a code is carried over by hand. */
  DEVICE("device");

  private final String text;

  LoginMode(String text) {
    this.text = text;
  }

  public static Optional<LoginMode> parse(String text) {
    return Arrays.stream(values()).filter(mode -> mode.text.equals(text)).findFirst();
  }

  /** The word for it in requests, entries and policy's {@code identity.login_method}. */
  public String text() {
    return text;
  }
}
