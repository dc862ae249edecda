package dev.daypass.web.page.view;

import java.util.List;

/**
 * The page on which one of several identity providers is chosen.
 *
 * @param action where the choice is sent
 */
public record Choice(Frame frame, Terminal terminal, String action, List<Provider> providers) {
  public Choice {
    providers = List.copyOf(providers);
  }

  /** One of them: its configured name, and what people call it. */
  public record Provider(String name, String title) {}
}
