package dev.daypass.e2e.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal of 80 columns shows after a program wrote to it, as a picture. Understands what
 * our programs write: lines, the return to a line's start, erasing to its end, colours.
 */
public final class TerminalPicture {
  private static final Pattern TOKEN =
      Pattern.compile("\\x1b\\[([0-9;]*)([A-Za-z])|\\r|\\n|[^\\x1b\\r\\n]+|\\x1b");

  private final List<List<Cell>> lines = new ArrayList<>(List.of(new ArrayList<>()));
  private int column;
  private String style = "";

  private record Cell(String character, String style) {}

  private TerminalPicture() {}

  /** On a light and on a dark terminal. */
  public static void take(Chromium chromium, String name, String written) {
    TerminalPicture picture = new TerminalPicture();
    picture.write(written);
    try (BrowserContext context = chromium.context()) {
      Page page = context.newPage();
      for (boolean dark : List.of(false, true)) {
        page.setContent(picture.html(dark));
        page.locator("pre")
            .screenshot(
                new com.microsoft.playwright.Locator.ScreenshotOptions()
                    .setPath(Screens.file(name, dark ? "terminal-dark" : "terminal-light")));
      }
    }
  }

  /** The text that stands there at the end, without colours. */
  public static String text(String written) {
    TerminalPicture picture = new TerminalPicture();
    picture.write(written);
    StringBuilder text = new StringBuilder();
    for (List<Cell> line : picture.lines) {
      line.forEach(cell -> text.append(cell.character()));
      text.append('\n');
    }
    return text.toString().stripTrailing();
  }

  private void write(String written) {
    Matcher token = TOKEN.matcher(written);
    while (token.find()) {
      String text = token.group();
      if (token.group(2) != null) {
        control(token.group(2), token.group(1));
      } else if (text.equals("\r")) {
        column = 0;
      } else if (text.equals("\n")) {
        lines.add(new ArrayList<>());
        column = 0;
      } else {
        text.codePoints().forEach(point -> put(Character.toString(point)));
      }
    }
  }

  private void control(String command, String parameters) {
    switch (command) {
      case "K" -> {
        List<Cell> line = lines.getLast();
        line.subList(Math.min(column, line.size()), line.size()).clear();
      }
      case "m" -> style = style(parameters);
      default -> throw new AssertionError("not understood: ESC[" + parameters + command);
    }
  }

  private void put(String character) {
    List<Cell> line = lines.getLast();
    Cell cell = new Cell(character, style);
    if (column < line.size()) {
      line.set(column, cell);
    } else {
      line.add(cell);
    }
    column++;
  }

  private static String style(String parameters) {
    StringBuilder css = new StringBuilder();
    for (String parameter : parameters.split(";", -1)) {
      css.append(
          switch (parameter) {
            case "1" -> "font-weight:bold;";
            case "2" -> "opacity:.7;";
            case "4" -> "text-decoration:underline;";
            case "31" -> "color:#c33;";
            case "32" -> "color:#2a7a2a;";
            case "33" -> "color:#a60;";
            case "34" -> "color:#36c;";
            case "35" -> "color:#a3a;";
            case "36" -> "color:#188;";
            default -> "";
          });
    }
    return css.toString();
  }

  private String html(boolean dark) {
    StringBuilder html = new StringBuilder();
    html.append("<pre style='font:14px/1.4 monospace;width:80ch;padding:1em;margin:0;")
        .append("white-space:pre-wrap;overflow-wrap:anywhere;")
        .append(dark ? "background:#1c1c1c;color:#ddd" : "background:#fff;color:#222")
        .append("'>");
    for (List<Cell> line : lines) {
      for (Cell cell : line) {
        html.append("<span style='").append(cell.style()).append("'>");
        html.append(cell.character().replace("&", "&amp;").replace("<", "&lt;"));
        html.append("</span>");
      }
      html.append('\n');
    }
    return html.append("</pre>").toString();
  }
}
