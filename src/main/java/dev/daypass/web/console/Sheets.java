package dev.daypass.web.console;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.console.view.LedgerView;
import dev.daypass.web.console.view.Refusal;
import dev.daypass.web.console.view.Sheet;
import dev.daypass.web.exchange.PageRules;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.page.NoInterceptor;
import dev.daypass.web.page.Pages;
import dev.daypass.web.page.html.console.JteledgerGenerated;
import dev.daypass.web.page.html.console.JterefusedGenerated;
import dev.daypass.web.page.html.console.JtesheetGenerated;

/** The console's pages as HTML. Each value is escaped for the place where it stands. */
final class Sheets {
  private Sheets() {}

  static Bytes ledger(LedgerView view) {
    return Pages.html(out -> JteledgerGenerated.render(out, NoInterceptor.NONE, view));
  }

  static Bytes refused(Refusal view) {
    return Pages.html(out -> JterefusedGenerated.render(out, NoInterceptor.NONE, view));
  }

  static Reply sheet(Sheet view) {
    return new Reply.Page(
        200,
        Pages.html(out -> JtesheetGenerated.render(out, NoInterceptor.NONE, view)),
        PageRules.CONSOLE);
  }
}
