package dev.daypass.web.console.view;

import dev.daypass.web.page.view.Frame;
import java.util.List;

/**
 * The page on which somebody signs in.
 *
 * @param action where the choice is sent
 * @param next where to go after it
 * @param left whether somebody has just signed out
 */
public record Gateway(
    Frame frame, String action, String next, List<Provider> providers, boolean left) {
  public Gateway {
    providers = List.copyOf(providers);
  }

  /** Where one may sign in: its configured name, and what people call it. */
  public record Provider(String name, String title) {}
}
