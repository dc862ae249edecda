package dev.daypass.e2e.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal shows after a program wrote to it, as a picture. Understands what our programs
 * write: lines, the return to a line's start, erasing to its end, colours.
 */
public final class TerminalPicture {
  private static final Pattern TOKEN =
      Pattern.compile("\\x1b\\[([0-9;]*)([A-Za-z])|\\r|\\n|[^\\x1b\\r\\n]+|\\x1b");

  /** Columns of a usual window, and of half of one or a phone. */
  public static final int DESKTOP = 100;

  public static final int PHONE = 60;

  private final List<List<Cell>> lines = new ArrayList<>(List.of(new ArrayList<>()));
  private int column;
  private String style = "";

  private record Cell(String character, String style) {}

  private TerminalPicture() {}

  /** On a light and on a dark terminal, of a desktop's width and beside it of a phone's. */
  public static void take(Chromium chromium, String name, String written) {
    take(chromium, name, written, written);
  }

  /** The same of a program that was asked once more where the terminal is narrow. */
  public static void take(Chromium chromium, String name, String wide, String narrow) {
    String html =
        "<div style='display:grid;grid-template-columns:max-content max-content;width:max-content;"
            + "gap:8px;background:#888'>"
            + html(wide, DESKTOP, false)
            + html(narrow, PHONE, false)
            + html(wide, DESKTOP, true)
            + html(narrow, PHONE, true)
            + "</div>";
    try (BrowserContext context = chromium.context()) {
      Page page = context.newPage();
      page.setContent(html);
      page.locator("div")
          .screenshot(new Locator.ScreenshotOptions().setPath(Screens.file(name, "terminal")));
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
            case "31" -> "color:light-dark(#c33,#f77);";
            case "32" -> "color:light-dark(#2a7a2a,#7c7);";
            case "33" -> "color:light-dark(#a60,#db6);";
            case "34" -> "color:light-dark(#36c,#7af);";
            case "35" -> "color:light-dark(#a3a,#d8d);";
            case "36" -> "color:light-dark(#188,#6cc);";
            default -> "";
          });
    }
    return css.toString();
  }

  private static String html(String written, int columns, boolean dark) {
    TerminalPicture picture = new TerminalPicture();
    picture.write(written);
    StringBuilder html = new StringBuilder();
    html.append("<pre style='font:14px/1.4 monospace;padding:1em;margin:0;line-break:anywhere;")
        .append("white-space:pre-wrap;width:calc(2px + ")
        .append(columns)
        .append(
            dark
                ? "ch);color-scheme:dark;background:#1c1c1c;color:#ddd"
                : "ch);color-scheme:light;background:#fff;color:#222")
        .append("'>");
    for (List<Cell> line : picture.lines) {
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
