package dev.daypass.web.page;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.ProblemPage;
import dev.daypass.web.page.view.Frame;
import dev.daypass.web.page.view.Trouble;

/** Problems as pages: a heading that a tired person understands, then the problem's own words. */
final class TroublePages implements ProblemPage {
  private final Frame frame;

  TroublePages(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Bytes html(Problem problem, String requestId) {
    return Pages.problem(
        new Trouble(
            frame,
            heading(problem),
            problem.detail().map(Shown::harmless).orElse(null),
            problem.remedy().map(Shown::harmless).orElse(null),
            problem.code(),
            requestId,
            problem.entry().orElse(null)));
  }

  private static String heading(Problem problem) {
    return switch (problem.code()) {
      case "login_unknown", "login_expired" -> "This login is no longer open";
      case "sign_in_denied", "consent_denied" -> "Refused";
      case "sign_in_invalid" -> "This sign-in cannot be used";
      case "origin_refused", "consent_invalid" -> "This did not come from our page";
      case "address_differs" -> "The terminal is somewhere else";
      case "not_found" -> "There is nothing here";
      default -> byStatus(problem.status());
    };
  }

  private static String byStatus(int status) {
    return switch (status) {
      case 429 -> "Too many attempts";
      case 503 -> "Not now";
      default -> status < 500 ? "That was refused" : "Something went wrong here";
    };
  }
}
