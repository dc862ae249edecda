package dev.daypass.web.api;

import dev.daypass.web.body.BodyRefused;

/** One method of one path and what answers it. */
public record Endpoint(String method, String path, Route route) {
  static Endpoint get(String path, Route route) {
    return new Endpoint("GET", path, route);
  }

  static Endpoint post(String path, Route route) {
    return new Endpoint("POST", path, route);
  }

  /** Answers a request; a refusal is a reply, or thrown where reading fails. */
  @FunctionalInterface
  public interface Route {
    Reply answer(Exchange exchange) throws RequestFailed, BodyRefused;
  }
}
