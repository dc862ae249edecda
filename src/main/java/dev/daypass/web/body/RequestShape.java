package dev.daypass.web.body;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members that a route takes and their types. A member of an object is named with a dot, {@code
 * restrict.force_command}; a form uses that name, JSON nests (DESIGN section 7).
 */
public final class RequestShape {
  private final Map<String, Kind> members;
  private final Set<String> objects;

  private RequestShape(Map<String, Kind> members) {
    this.members = Map.copyOf(members);
    Set<String> names = new TreeSet<>();
    for (String name : members.keySet()) {
      int dot = name.indexOf('.');
      if (dot > 0) {
        names.add(name.substring(0, dot));
      }
    }
    this.objects = Set.copyOf(names);
  }

  public static RequestShape of(Map<String, Kind> members) {
    return new RequestShape(members);
  }

  public Map<String, Kind> members() {
    return members;
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
