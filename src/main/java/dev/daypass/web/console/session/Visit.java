package dev.daypass.web.console.session;

import dev.daypass.identity.Identity;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.Problem;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.RequestFailed;
import dev.daypass.web.page.Navigation;

/**
 * One request of somebody who is signed in.
 *
 * @param auditor whether policy gives the duty now
 */
public record Visit(ConsoleSession session, boolean auditor) {
  /** The member of every form that says it is of a page of this session. */
  public static final String TOKEN = "csrf";

  public Identity identity() {
    return session.identity();
  }

  /**
   * The fields of a form of our own.
   *
   * @param shape with {@link #TOKEN}
   * @throws RequestFailed if another site's page, or a page of another session, sent it
   */
  public RequestFields form(RequestShape shape, Exchange exchange)
      throws RequestFailed, BodyRefused {
    Navigation.requireOwnForm(exchange);
    RequestFields fields =
        RequestFields.read(shape, Navigation.form(exchange), exchange.body().toArray());
    if (!session.csrf().matches(fields.required(TOKEN))) {
      throw new RequestFailed(
          Problem.of(
              403,
              "form_outdated",
              "The form is of another session than this browser's.",
              "Load the page again and press the button there."));
    }
    return fields;
  }
}
