package dev.daypass.web.console.session;

import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.io.IOException;

/** Answers a request of somebody who is signed in; the ledger may be unreadable. */
@FunctionalInterface
public interface ConsoleRoute {
  Reply answer(Exchange exchange, Visit visit) throws RequestFailed, BodyRefused, IOException;
}
