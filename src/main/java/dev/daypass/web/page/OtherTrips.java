package dev.daypass.web.page;

import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.util.List;
import java.util.Map;

/**
 * Browsers on their way to an identity provider and back that were sent by something else than a
 * login. A provider knows one address of ours; the state says who takes the browser back there.
 */
public interface OtherTrips {
  /** Whether this state was made there. Whose browser may bring it back is another question. */
  boolean owns(String state);

  /** Takes a browser back. */
  Reply finish(Exchange exchange, Map<String, List<String>> parameters) throws RequestFailed;
}
