package dev.daypass.web.body;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The members that a route takes and their types. A member of an object is named with a dot here,
 * {@code restrict.force_command}; JSON nests, and a form uses its last name alone (DESIGN section
 * 7: the same names).
 */
public final class RequestShape {
  private final Map<String, Kind> members;
  private final Map<String, String> formNames;
  private final Set<String> objects;

  private RequestShape(Map<String, Kind> members) {
    Map<String, String> lastNames = new HashMap<>();
    Set<String> outer = new HashSet<>();
    for (String name : members.keySet()) {
      int dot = name.indexOf('.');
      if (dot > 0) {
        outer.add(name.substring(0, dot));
      }
      if (lastNames.put(name.substring(dot + 1), name) != null) {
        throw new IllegalArgumentException("a form could not tell " + name + " from another");
      }
    }
    this.members = Map.copyOf(members);
    this.formNames = Map.copyOf(lastNames);
    this.objects = Set.copyOf(outer);
  }

  public static RequestShape of(Map<String, Kind> members) {
    return new RequestShape(members);
  }

  public Map<String, Kind> members() {
    return members;
  }

  /** The whole name of what a form calls by its last one. */
  String formName(String name) throws BodyRefused {
    String whole = formNames.get(name);
    if (whole == null) {
      throw BodyRefused.unknown(name);
    }
    return whole;
  }

  Kind kind(String name) throws BodyRefused {
    Kind kind = objects.contains(name) ? Kind.OBJECT : members.get(name);
    if (kind == null) {
      throw BodyRefused.unknown(name);
    }
    return kind;
  }

  /** What a member holds. */
  public enum Kind {
    TEXT("a string"),
    TEXTS("a list of strings"),
    OBJECT("an object");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
