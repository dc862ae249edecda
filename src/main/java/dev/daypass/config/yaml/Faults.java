package dev.daypass.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The faults found so far in one file, and where its keys stand. Not safe for several threads. */
public final class Faults {
  private final List<Fault> found = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();

  public void add(int line, String key, String message, String remedy) {
    found.add(new Fault(line, key, message, remedy));
  }

  public boolean none() {
    return found.isEmpty();
  }

  /** The line of the innermost key of the path that was read; 0 if none was. */
  public int lineOf(String path) {
    String rest = path;
    while (!rest.isEmpty()) {
      Integer line = lines.get(rest);
      if (line != null) {
        return line;
      }
      rest = rest.substring(0, Math.max(0, Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('['))));
    }
    return 0;
  }

  /** Whether a fault was noted at this path, below it, or at one that contains it. */
  public boolean concern(String path) {
    return found.stream().anyMatch(fault -> within(path, fault.key()) || within(fault.key(), path));
  }

  private static boolean within(String path, String outer) {
    if (outer.isEmpty() || !path.startsWith(outer)) {
      return false;
    }
    return path.length() == outer.length() || ".[".indexOf(path.charAt(outer.length())) >= 0;
  }

  void locate(String path, int line) {
    lines.put(path, line);
  }

  /** In the order of the file. */
  public List<Fault> list() {
    return found.stream().sorted(Comparator.comparingInt(Fault::line)).distinct().toList();
  }
}
