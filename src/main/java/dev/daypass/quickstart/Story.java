package dev.daypass.quickstart;

import java.io.PrintStream;

/** Tells the newcomer what happens, step by step; colour only helps the eye. */
final class Story {
  private final PrintStream out;
  private final boolean colour;
  private final String edge;
  private int step;

  Story(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
    this.edge = out.charset().newEncoder().canEncode('│') ? "│ " : "| ";
  }

  void title(String text) {
    out.println(paint("1", text));
  }

  /** Begins the next numbered step. */
  void step(String text) {
    step++;
    out.println();
    out.println(paint("1;36", step + "  ") + paint("1", text));
  }

  void say(String text) {
    out.println("   " + text);
  }

  /** A label and its value, the values in one column. */
  void fact(String label, String value) {
    out.printf("   %-10s %s%n", label, value);
  }

  /** A command as one would type it. */
  void command(String text) {
    out.println("   " + paint("33", "$ " + text));
  }

  /** What a program printed, as it printed it. */
  void output(String text) {
    text.lines().forEach(line -> out.println("   " + paint("2", edge) + line));
  }

  void good(String text) {
    out.println("   " + paint("32", "ok") + " " + text);
  }

  /** One check: whether it held, its name, and what it found. */
  void check(boolean held, String name, String finding) {
    String mark = held ? paint("32", "ok") : paint("31", "no");
    out.printf("   %s %-16s %s%n", mark, name, finding);
  }

  void blank() {
    out.println();
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
