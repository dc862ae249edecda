package dev.daypass.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The faults found so far in one file. Not safe for several threads. */
public final class Faults {
  private final List<Fault> found = new ArrayList<>();

  public void add(int line, String key, String message, String remedy) {
    found.add(new Fault(line, key, message, remedy));
  }

  public boolean none() {
    return found.isEmpty();
  }

  /** In the order of the file. */
  public List<Fault> list() {
    return found.stream().sorted(Comparator.comparingInt(Fault::line)).distinct().toList();
  }
}
