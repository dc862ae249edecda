package dev.daypass.web.console;

import dev.daypass.web.console.session.Visit;
import dev.daypass.web.console.view.Desk;
import dev.daypass.web.page.Shown;
import dev.daypass.web.page.view.Frame;

/** What every page has for whoever looks at it. */
record Desks(Frame frame) {
  Desk of(Visit visit, String title, String place) {
    return new Desk(
        frame,
        Shown.harmless(title),
        place,
        Shown.harmless(visit.identity().username().text()),
        visit.auditor(),
        visit.session().csrf().text());
  }
}
