package dev.daypass.web.body;

import java.util.List;
import java.util.function.Consumer;

/** Writes members as one JSON object (RFC 8259); not shared between threads. */
public final class JsonMembers implements Members {
  private final Utf8Buffer out = new Utf8Buffer(1024);
  private boolean first = true;

  private JsonMembers() {}

  public static byte[] bytes(Consumer<Members> answer) {
    JsonMembers json = new JsonMembers();
    json.object(answer);
    json.out.ascii('\n');
    return json.out.toArray();
  }

  @Override
  public void text(String name, String value) {
    name(name);
    quoted(value);
  }

  @Override
  public void texts(String name, List<String> values) {
    name(name);
    out.ascii('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.ascii(',');
      }
      quoted(values.get(i));
    }
    out.ascii(']');
  }

  @Override
  public void flag(String name, boolean value) {
    name(name);
    out.ascii(value ? "true" : "false");
  }

  @Override
  public void number(String name, long value) {
    name(name);
    out.ascii(Long.toString(value));
  }

  @Override
  public void group(String name, Consumer<Members> members) {
    name(name);
    object(members);
    first = false;
  }

  @Override
  public void groups(String name, List<? extends Consumer<Members>> each) {
    name(name);
    out.ascii('[');
    for (int i = 0; i < each.size(); i++) {
      if (i > 0) {
        out.ascii(',');
      }
      object(each.get(i));
    }
    out.ascii(']');
    first = false;
  }

  @Override
  public void certificate(String line) {
    text("certificate", line);
  }

  private void object(Consumer<Members> members) {
    out.ascii('{');
    first = true;
    members.accept(this);
    out.ascii('}');
  }

  private void name(String name) {
    if (!first) {
      out.ascii(',');
    }
    first = false;
    quoted(name);
    out.ascii(':');
  }

  private void quoted(String value) {
    out.ascii('"');
    for (int i = out.plain(value, 0); i < value.length(); i = out.plain(value, i + 1)) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.ascii("\\\"");
        case '\\' -> out.ascii("\\\\");
        case '\n' -> out.ascii("\\n");
        default -> i = Escapes.dangerous(c) ? escaped(c, i) : out.codePoint(value, i);
      }
    }
    out.ascii('"');
  }

  private int escaped(char c, int index) {
    out.ascii(Escapes.unicode(c));
    return index;
  }
}
