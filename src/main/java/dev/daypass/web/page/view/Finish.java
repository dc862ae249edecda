package dev.daypass.web.page.view;

/**
 * The page whose one button carries the proof to the terminal's listener.
 *
 * @param action the listener's address
 */
public record Finish(Frame frame, String action, String proof) {
  /** Without the proof. */
  @Override
  public String toString() {
    return "Finish at " + action;
  }
}
