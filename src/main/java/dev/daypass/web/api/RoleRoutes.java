package dev.daypass.web.api;

import dev.daypass.identity.Identity;
import dev.daypass.policy.DurationText;
import dev.daypass.policy.RoleView;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.role.ReasonRule;
import dev.daypass.policy.role.Role;
import dev.daypass.web.asker.Admission;
import dev.daypass.web.asker.KnownAsker;
import dev.daypass.web.body.Members;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The roles that the asker may hold, and why not the others. */
public final class RoleRoutes {
  private final Admission admission;
  private final RoleDirectory directory;

  public RoleRoutes(Admission admission, RoleDirectory directory) {
    this.admission = admission;
    this.directory = directory;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/v1/roles", admission.known(this::roles)));
  }

  private Reply roles(Exchange exchange, KnownAsker asker) {
    Identity identity = asker.identity();
    List<RoleView> views = directory.rolesFor(identity);
    return new Reply.Document(
        200,
        out -> {
          out.text("username", identity.username().text());
          out.groups("roles", views.stream().map(RoleRoutes::members).toList());
        });
  }

  private static Consumer<Members> members(RoleView view) {
    Role role = view.role();
    return out -> {
      out.text("name", role.name().text());
      out.text("description", role.description());
      out.text("standing", view.standing().name().toLowerCase(Locale.ROOT));
      out.text("ttl", DurationText.format(role.ttl().standard()));
      out.text("max_ttl", DurationText.format(role.ttl().max()));
      out.text("reason", reason(role.reason()));
      if (!role.patterns().isEmpty()) {
        out.texts("patterns", role.patterns());
      }
      if (!view.reasons().isEmpty()) {
        out.groups("because", view.reasons().stream().map(RoleRoutes::because).toList());
      }
    };
  }

  static Consumer<Members> because(RefusalReason reason) {
    return out -> {
      out.text("code", reason.code().text());
      out.text("detail", reason.detail());
      out.text("remedy", reason.remedy());
    };
  }

  private static String reason(ReasonRule rule) {
    return switch (rule) {
      case ReasonRule.NotNeeded _ -> "optional";
      case ReasonRule.Required _ -> "required";
      case ReasonRule.Matching _ -> "pattern";
    };
  }
}
