package dev.daypass.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The quickstart's files, with their blanks filled in. */
final class Templates {
  private Templates() {}

  /** Reads a template and replaces each <code>{{name}}</code>. */
  static String fill(String name, Map<String, String> values) throws IOException {
    try (InputStream in = Templates.class.getResourceAsStream("/quickstart/" + name)) {
      if (in == null) {
        throw new IOException("no template " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("{{" + value.getKey() + "}}", value.getValue());
      }
      return text;
    }
  }
}
