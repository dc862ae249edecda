package dev.daypass.web.page.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a login is allowed or refused (DESIGN section 4, Login). Nothing on it is worth
 * copying.
 *
 * @param device whether the terminal's code is to be typed
 * @param action where the answer is sent
 * @param alert what was wrong with the last answer
 */
public record Consent(
    Frame frame,
    String username,
    String provider,
    Terminal terminal,
    List<Other> others,
    boolean device,
    String action,
    String csrf,
    @Nullable String alert) {
  public Consent {
    others = List.copyOf(others);
  }

  /** Another live login of the same identity. */
  public record Other(String hostname, String address, Moment since, Moment until) {}

  /** Without the token. */
  @Override
  public String toString() {
    return "Consent of " + username;
  }
}
