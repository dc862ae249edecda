package dev.daypass.config.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** One YAML document whose root is a mapping. */
public final class YamlDocument {
  static final int MAX_DEPTH = 24;
  static final int MAX_CHARACTERS = 1 << 20;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setUseMarks(true).setCodePointLimit(MAX_CHARACTERS).build();

  private final String text;
  private final Faults faults;
  private int depth;
  private int documents;

  private YamlDocument(String text, Faults faults) {
    this.text = text;
    this.faults = faults;
  }

  /** The root mapping; empty where the text could not be read at all, which is then a fault. */
  public static Optional<YamlMapping> read(String text, Faults faults) {
    try {
      YamlDocument document = new YamlDocument(text, faults);
      // The events are walked first, without recursion: no tree is built of a hostile file.
      return document.isPlain() ? document.root() : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(YamlDocument::line).orElse(0);
      faults.add(line, "", "not YAML: " + Printable.escape(reason(e)), "correct the line");
      return Optional.empty();
    } catch (YamlEngineException e) {
      faults.add(0, "", "not YAML: " + Printable.escape(firstLine(e)), "correct the file");
      return Optional.empty();
    }
  }

  static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private boolean isPlain() {
    boolean plain = true;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      plain &= admits(event);
      if (depth > MAX_DEPTH) {
        return false;
      }
    }
    return plain;
  }

  private boolean admits(Event event) {
    int line = event.getStartMark().map(YamlDocument::line).orElse(0);
    switch (event) {
      case DocumentStartEvent _ -> {
        documents++;
        if (documents > 1) {
          faults.add(line, "", "a second YAML document", "keep one; remove the line ---");
          return false;
        }
      }
      case CollectionStartEvent start -> {
        if (++depth > MAX_DEPTH) {
          faults.add(line, "", "nested deeper than " + MAX_DEPTH, "flatten it");
          return false;
        }
        return admitsNode(start, start.getTag(), line);
      }
      case CollectionEndEvent _ -> depth--;
      case ScalarEvent scalar -> {
        return admitsNode(scalar, scalar.getTag(), line);
      }
      case AliasEvent _ -> {
        faults.add(line, "", "an alias (*name)", "write the value out");
        return false;
      }
      default -> {}
    }
    return true;
  }

  private boolean admitsNode(NodeEvent node, Optional<String> tag, int line) {
    node.getAnchor()
        .ifPresent(anchor -> faults.add(line, "", "an anchor (&" + anchor + ")", "remove it"));
    tag.ifPresent(name ->
        faults.add(line, "", "a tag (" + Printable.quote(name) + ")", "remove the ! and it"));
    return node.getAnchor().isEmpty() && tag.isEmpty();
  }

  private Optional<YamlMapping> root() {
    return new Compose(SETTINGS)
        .composeString(text)
        .flatMap(node -> {
          if (node instanceof MappingNode mapping) {
            return Optional.of(new YamlMapping(mapping, "", YamlMapping.lineOf(mapping), faults));
          }
          faults.add(1, "", "the file is not a mapping", "write lines of the form key: value");
          return Optional.empty();
        })
        .or(() -> {
          if (faults.none()) {
            faults.add(1, "", "the file is empty", "start from the annotated example");
          }
          return Optional.empty();
        });
  }

  private static String reason(MarkedYamlEngineException e) {
    String problem = e.getProblem();
    String context = e.getContext();
    return context == null ? problem : context + ", " + problem;
  }

  private static String firstLine(YamlEngineException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
