package dev.daypass.web.console.view;

import dev.daypass.web.page.view.Frame;

/**
 * What every page has for somebody who is signed in.
 *
 * @param title of this page
 * @param place the path that the navigation marks as the current one
 * @param auditor whether the pages for auditors are offered
 * @param csrf stands in each form
 */
public record Desk(
    Frame frame, String title, String place, String username, boolean auditor, String csrf) {
  /** The same for a page of that title. */
  public Desk titled(String other) {
    return new Desk(frame, other, place, username, auditor, csrf);
  }

  /** The token of forms is nobody's business. */
  @Override
  public String toString() {
    return "Desk of " + username;
  }
}
