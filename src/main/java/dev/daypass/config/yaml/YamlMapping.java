package dev.daypass.config.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of the file; its keys are distinct, a repeated one is a fault. */
public final class YamlMapping {
  private final String path;
  private final int line;
  private final Faults faults;
  private final SequencedMap<String, YamlValue> values = new LinkedHashMap<>();
  private final Map<String, Integer> keyLines = new LinkedHashMap<>();

  YamlMapping(MappingNode node, String path, int line, Faults faults) {
    this.path = path;
    this.line = line;
    this.faults = faults;
    node.getValue().forEach(this::admit);
  }

  /** Makes every key that is not one of these a fault that names the nearest of them. */
  public YamlMapping allowing(List<String> keys) {
    for (String key : values.keySet()) {
      if (!keys.contains(key)) {
        faults.add(
            keyLine(key),
            path(key),
            "unknown key " + Printable.quote(key),
            NearestWord.to(key, keys)
                .map(near -> "did you mean " + near + "?")
                .orElse("known here: " + String.join(", ", new TreeSet<>(keys))));
      }
    }
    return this;
  }

  /** The value of a key that may be absent. */
  public Optional<YamlValue> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The value of a key; its absence is a fault. */
  public Optional<YamlValue> require(String key, String remedy) {
    Optional<YamlValue> value = value(key);
    if (value.isEmpty()) {
      fault(path(key), key + " is missing", remedy);
    }
    return value;
  }

  /** Every key with its value, in the order of the file. */
  public SequencedMap<String, YamlValue> values() {
    return Collections.unmodifiableSequencedMap(values);
  }

  /** The line on which a key of this mapping stands, else the mapping's own. */
  public int keyLine(String key) {
    return keyLines.getOrDefault(key, line);
  }

  /** The dotted path of a key of this mapping. */
  public String path(String key) {
    return join(path, key);
  }

  /** Notes a fault of this mapping as a whole. */
  public void fault(String key, String message, String remedy) {
    faults.add(line, key, message, remedy);
  }

  /** Notes a fault of a key that stands in this mapping. */
  public void faultAt(String key, String message, String remedy) {
    faults.add(keyLine(key), path(key), message, remedy);
  }

  static String join(String path, String key) {
    String safe = Printable.escape(key);
    return path.isEmpty() ? safe : path + "." + safe;
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(YamlDocument::line).orElse(0);
  }

  private void admit(NodeTuple tuple) {
    int keyLine = lineOf(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode scalar)
        || scalar.getTag().equals(Tag.NULL)
        || !Printable.isPlain(scalar.getValue())) {
      faults.add(keyLine, path, "a key that is not plain text", "write key: value");
      return;
    }
    String key = scalar.getValue();
    Integer first = keyLines.putIfAbsent(key, keyLine);
    if (first != null) {
      faults.add(keyLine, path(key), "repeated key; it stands on line " + first, "keep one");
      return;
    }
    faults.locate(path(key), keyLine);
    values.put(key, new YamlValue(tuple.getValueNode(), path(key), keyLine, faults));
  }
}
