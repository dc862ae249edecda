package dev.daypass.web.page.view;

/**
 * The page shown for the moment until the browser is at the identity provider.
 *
 * @param title what people call the provider
 */
public record Going(Frame frame, String title, String location) {
  /** The location holds a state. */
  @Override
  public String toString() {
    return "Going to " + title;
  }
}
