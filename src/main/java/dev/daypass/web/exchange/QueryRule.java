package dev.daypass.web.exchange;

import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.FormPairs;
import dev.daypass.web.body.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the query of a path may hold. A name that stands twice is refused everywhere. */
public final class QueryRule {
  /** No query at all. */
  public static final QueryRule NONE = new QueryRule(Optional.of(Set.of()));

  /** Whatever another party's protocol sends (RFC 6749 section 4.1.2: unknown ones are ignored). */
  public static final QueryRule ANY = new QueryRule(Optional.empty());

  private final Optional<Set<String>> names;

  private QueryRule(Optional<Set<String>> names) {
    this.names = names;
  }

  public static QueryRule of(String... names) {
    return new QueryRule(Optional.of(Set.of(names)));
  }

  /**
   * Reads a query as sent.
   *
   * @throws RequestFailed 400, if it is not of this rule
   */
  Map<String, String> read(String query) throws RequestFailed {
    if (names.isPresent() && names.get().isEmpty()) {
      throw refused("This path takes no query.", "Leave it out.");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (FormPairs.Pair pair : pairs(query)) {
      if (names.isPresent() && !names.get().contains(pair.name())) {
        throw refused("The query has a parameter that is not known here.", "Leave it out.");
      }
      if (values.put(pair.name(), pair.value()) != null) {
        throw refused("A parameter of the query stands twice.", "Send each once.");
      }
    }
    return values;
  }

  private static Iterable<FormPairs.Pair> pairs(String query) throws RequestFailed {
    try {
      return FormPairs.read(query.getBytes(StandardCharsets.UTF_8));
    } catch (BodyRefused e) {
      throw refused("The query cannot be read.", "Encode it as a form, in UTF-8.");
    }
  }

  private static RequestFailed refused(String detail, String remedy) {
    return new RequestFailed(Problem.of(400, "unknown_parameter", detail, remedy));
  }
}
