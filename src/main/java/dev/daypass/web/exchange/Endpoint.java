package dev.daypass.web.exchange;

import dev.daypass.web.body.BodyRefused;

/**
 * One method of one path and what answers it.
 *
 * @param query what its query may hold
 * @param head whether a GET may be asked for its head alone; not where the answer begins something
 */
public record Endpoint(String method, String path, QueryRule query, boolean head, Route route) {
  public static Endpoint get(String path, Route route) {
    return new Endpoint("GET", path, QueryRule.NONE, true, route);
  }

  public static Endpoint post(String path, Route route) {
    return new Endpoint("POST", path, QueryRule.NONE, false, route);
  }

  public static Endpoint delete(String path, Route route) {
    return new Endpoint("DELETE", path, QueryRule.NONE, false, route);
  }

  /** The same with a query by this rule. */
  public Endpoint taking(QueryRule rule) {
    return new Endpoint(method, path, rule, head, route);
  }

  /** The same, but HEAD is 405: what GET begins here must not be begun by a look. */
  public Endpoint withoutHead() {
    return new Endpoint(method, path, query, false, route);
  }

  /** Answers a request; a refusal is a reply, or thrown where reading fails. */
  @FunctionalInterface
  public interface Route {
    Reply answer(Exchange exchange) throws RequestFailed, BodyRefused;
  }
}
