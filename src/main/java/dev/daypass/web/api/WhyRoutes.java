package dev.daypass.web.api;

import dev.daypass.fleet.session.RefusedLogin;
import dev.daypass.policy.RoleView;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.web.asker.Admission;
import dev.daypass.web.asker.KnownAsker;
import dev.daypass.web.body.Members;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.QueryRule;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Which roles would open a server for the asker, and what is in the way of the others. */
public final class WhyRoutes {
  private final Admission admission;
  private final RoleDirectory roles;
  private final ServerDirectory servers;
  private final RefusalsAt refusals;
  private final InstantSource clock;

  public WhyRoutes(
      Admission admission,
      RoleDirectory roles,
      ServerDirectory servers,
      RefusalsAt refusals,
      InstantSource clock) {
    this.admission = admission;
    this.roles = roles;
    this.servers = servers;
    this.refusals = refusals;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/why", admission.known(this::why)).taking(QueryRule.of("host")));
  }

  private Reply why(Exchange exchange, KnownAsker asker) throws RequestFailed {
    HostName name =
        exchange.query("host").flatMap(HostName::parse).orElseThrow(WhyRoutes::hostInvalid);
    Optional<Host> server = servers.find(name);
    List<RefusedLogin> refused = refusals.of(asker.identity().id(), name);
    List<RoleView> views = roles.rolesFor(asker.identity());
    return new Reply.Document(
        200,
        out -> {
          out.text("host", name.text());
          out.flag("known", server.isPresent());
          out.group(
              "labels",
              labels ->
                  server.ifPresent(host -> new TreeMap<>(host.labels()).forEach(labels::text)));
          out.groups("roles", views.stream().map(view -> members(view, server)).toList());
          if (!refused.isEmpty()) {
            out.groups("refused", refused.stream().map(WhyRoutes::members).toList());
          }
          out.text("server_time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        });
  }

  private static Consumer<Members> members(RoleView view, Optional<Host> server) {
    return out -> {
      out.text("name", view.role().name().text());
      out.flag("opens", server.filter(view.role().hosts()::selects).isPresent());
      out.text("standing", view.standing().name().toLowerCase(Locale.ROOT));
      if (!view.reasons().isEmpty()) {
        out.groups("because", view.reasons().stream().map(RoleRoutes::because).toList());
      }
    };
  }

  private static Consumer<Members> members(RefusedLogin refused) {
    return out -> {
      out.text("at", refused.at().truncatedTo(ChronoUnit.SECONDS).toString());
      out.text("serial", refused.serial().toString());
      refused.account().ifPresent(account -> out.text("account", account));
      out.text("reason", refused.reason());
    };
  }

  private static RequestFailed hostInvalid() {
    return new RequestFailed(
        Problem.of(
            400,
            "host_invalid",
            "host is not one DNS name in lower case.",
            "Ask as in /v1/why?host=db-1.prod.example.com."));
  }
}
