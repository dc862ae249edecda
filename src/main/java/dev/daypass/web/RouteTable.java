package dev.daypass.web;

import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Dispatcher;
import dev.daypass.web.exchange.Endpoint;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.List;

/** The endpoints of one listener and how Javalin is told of them. */
final class RouteTable {
  private final List<Endpoint> endpoints;
  private final Dispatcher dispatcher;
  private final RouteMeters meters;

  RouteTable(List<Endpoint> endpoints, Dispatcher dispatcher, RouteMeters meters) {
    this.endpoints = List.copyOf(endpoints);
    this.dispatcher = dispatcher;
    this.meters = meters;
  }

  void addTo(JavalinConfig config) {
    for (Endpoint endpoint : endpoints) {
      Handler handler = dispatcher.handler(endpoint, meters.listener(endpoint));
      config.routes.addHttpHandler(type(endpoint.method()), endpoint.path(), handler);
      if (endpoint.method().equals("GET")) {
        // Javalin alone would answer HEAD with 200 whatever GET says, for /readyz too.
        config.routes.addHttpHandler(
            HandlerType.HEAD, endpoint.path(), endpoint.head() ? handler : noHead());
      }
    }
    config.routes.exception(
        HttpResponseException.class,
        (e, context) -> dispatcher.problem(routing(e.getStatus()), context));
    config.routes.exception(
        Exception.class,
        (_, context) -> dispatcher.problem(Problem.bare(500, "internal"), context));
  }

  private Handler noHead() {
    return context -> dispatcher.problem(routing(405), context);
  }

  private static HandlerType type(String method) {
    return switch (method) {
      case "GET" -> HandlerType.GET;
      case "POST" -> HandlerType.POST;
      case "DELETE" -> HandlerType.DELETE;
      default -> throw new IllegalArgumentException(method);
    };
  }

  /** Javalin itself finds fault only with path and method. */
  private static Problem routing(int status) {
    return switch (status) {
      case 404 ->
          Problem.of(404, "not_found", "There is nothing at this path.", "Look at /openapi.yaml.");
      case 405 ->
          Problem.of(
              405,
              "method_not_allowed",
              "This path does not take this method.",
              "Look at /openapi.yaml.");
      default -> Problem.bare(500, "internal");
    };
  }
}
