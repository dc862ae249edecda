package dev.daypass.web.console.story;

import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.console.view.Section;
import dev.daypass.web.page.Moments;
import dev.daypass.web.page.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was asked, by whom and from where, and what was decided by which rule. */
public final class EntryFacts {
  private EntryFacts() {}

  public static Section.Facts request(ReadEntry read, Instant now) {
    JsonObject details = read.details().orElse(JsonObject.EMPTY);
    JsonObject identity = details.object("identity").orElse(JsonObject.EMPTY);
    List<Section.Fact> facts = new ArrayList<>();
    facts.add(Section.Fact.at("Written", Moments.since(read.entry().at(), now)));
    facts.add(Section.Fact.of("Kind", Part.mono(read.entry().kind().wireName())));
    read.person()
        .map(person -> Section.Fact.of("Person", Links.person(person)).noted(vouched(identity)))
        .ifPresent(facts::add);
    read.role().map(Links::role).map(part -> Section.Fact.of("Role", part)).ifPresent(facts::add);
    if (!read.servers().isEmpty()) {
      facts.add(
          new Section.Fact(
              "Servers", read.servers().stream().map(Links::server).toList(), null, null));
    }
    read.reason().ifPresent(reason -> facts.add(text("Reason", reason)));
    for (String[] each :
        new String[][] {
          {"From", "address"},
          {"Terminal", "hostname"},
          {"Account", "account"},
          {"Client", "client"},
          {"By", "by"},
          {"Request", "request"},
          {"Login", "login"},
          {"Session", "session"},
        }) {
      details.text(each[1]).ifPresent(value -> facts.add(text(each[0], value)));
    }
    reasons(details).forEach(reason -> facts.add(text("Refused for", reason)));
    return new Section.Facts("What was asked", facts);
  }

  /**
   * What decided it; empty where nothing was decided.
   *
   * @param condition what the rule says, where it is still in force
   * @param policy where the policy of that time stands
   */
  public static Optional<Section.Facts> decision(
      ReadEntry read, Optional<String> condition, Optional<Part> policy, Instant now) {
    JsonObject details = read.details().orElse(JsonObject.EMPTY);
    Optional<String> rule = details.text("rule");
    if (rule.isEmpty()) {
      return Optional.empty();
    }
    List<Section.Fact> facts = new ArrayList<>();
    facts.add(Section.Fact.of("Granted by", Part.mono(Shown.harmless(rule.get()))));
    condition.ifPresent(text -> facts.add(Section.Fact.of("It says", Part.mono(text))));
    policy.ifPresent(part ->
        facts.add(Section.Fact.of("Policy", part).noted("the one in force at that moment")));
    Optional<String> groups =
        details
            .object("identity")
            .flatMap(identity -> identity.value("groups"))
            .filter(JsonArray.class::isInstance)
            .map(value -> joined((JsonArray) value));
    groups.ifPresent(names -> facts.add(text("Groups", names.isEmpty() ? "none" : names)));
    moment(details, "login_checked")
        .ifPresent(at ->
            facts.add(
                Section.Fact.at("Checked", Moments.since(at, now))
                    .noted("when the identity provider last stood by the login")));
    moment(details, "grace_since")
        .ifPresent(at ->
            facts.add(
                Section.Fact.at("Grace since", Moments.since(at, now))
                    .noted("the identity provider could not be reached")));
    return Optional.of(new Section.Facts("What was decided", facts));
  }

  private static Section.Fact text(String label, String value) {
    return Section.Fact.of(label, Part.plain(Shown.harmless(value)));
  }

  private static String vouched(JsonObject identity) {
    String who = identity.text("email").or(() -> identity.text("subject")).orElse("");
    String provider = identity.text("provider").map(name -> ", by " + name).orElse("");
    return Shown.harmless(who + provider);
  }

  private static List<String> reasons(JsonObject details) {
    List<String> reasons = new ArrayList<>();
    if (details.value("reasons").orElse(null) instanceof JsonArray(var values)) {
      values.forEach(value -> {
        if (value instanceof JsonObject reason) {
          reason.text("detail").ifPresent(reasons::add);
        }
      });
    }
    return reasons;
  }

  private static String joined(JsonArray array) {
    List<String> texts = new ArrayList<>();
    array
        .values()
        .forEach(value -> {
          if (value instanceof JsonText(String text)) {
            texts.add(text);
          }
        });
    return String.join(", ", texts);
  }

  private static Optional<Instant> moment(JsonObject details, String name) {
    try {
      return details.text(name).map(Instant::parse);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
