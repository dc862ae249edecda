package dev.daypass.web.body;

import java.util.List;
import java.util.function.Consumer;

/**
 * Writes members as lines {@code name: value}, so that a shell needs no JSON parser (DESIGN section
 * 7). A value cannot start a line of its own: control characters are escaped.
 */
public final class LineMembers implements Members {
  private final Utf8Buffer out;
  private final String prefix;
  private String last = "";

  private LineMembers(Utf8Buffer out, String prefix) {
    this.out = out;
    this.prefix = prefix;
  }

  public static byte[] bytes(Consumer<Members> answer) {
    LineMembers lines = new LineMembers(new Utf8Buffer(1024), "");
    answer.accept(lines);
    if (!lines.last.isEmpty()) {
      lines.escape(lines.last, false);
      lines.out.ascii('\n');
    }
    return lines.out.toArray();
  }

  @Override
  public void text(String name, String value) {
    out.ascii(prefix);
    out.ascii(name);
    out.ascii(": ");
    escape(value, false);
    out.ascii('\n');
  }

  @Override
  public void texts(String name, List<String> values) {
    out.ascii(prefix);
    out.ascii(name);
    out.ascii(":");
    for (String value : values) {
      out.ascii(' ');
      escape(value, true);
    }
    out.ascii('\n');
  }

  @Override
  public void flag(String name, boolean value) {
    text(name, Boolean.toString(value));
  }

  @Override
  public void number(String name, long value) {
    text(name, Long.toString(value));
  }

  @Override
  public void group(String name, Consumer<Members> members) {
    members.accept(new LineMembers(out, prefix + name + "."));
  }

  @Override
  public void groups(String name, List<? extends Consumer<Members>> each) {
    for (Consumer<Members> members : each) {
      group(name, members);
    }
  }

  @Override
  public void certificate(String line) {
    last = line;
  }

  private void escape(String value, boolean oneOfSeveral) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> out.ascii("\\\\");
        case '\n' -> out.ascii("\\n");
        case '\r' -> out.ascii("\\r");
        case '\t' -> out.ascii("\\t");
        case ' ' -> out.ascii(oneOfSeveral ? "\\u0020" : " ");
        default -> i = Escapes.dangerous(c) ? escaped(c, i) : out.codePoint(value, i);
      }
    }
  }

  private int escaped(char c, int index) {
    out.ascii(Escapes.unicode(c));
    return index;
  }
}
