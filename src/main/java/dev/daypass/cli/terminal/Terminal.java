package dev.daypass.cli.terminal;

import dev.daypass.config.yaml.Printable;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Where a command speaks to people. Words carry the meaning; colour only helps the eye. */
public final class Terminal {
  private static final String BOLD = "1";
  private static final String DIM = "2";
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";

  private final PrintStream stream;
  private final boolean colour;
  private final String arrow;

  public Terminal(PrintStream stream, boolean colour) {
    this.stream = stream;
    this.colour = colour;
    Charset charset = stream.charset();
    this.arrow = charset.canEncode() && charset.newEncoder().canEncode('→') ? "→" : "->";
  }

  public static Terminal out(Surroundings surroundings) {
    return new Terminal(surroundings.out(), surroundings.wantsColour());
  }

  public static Terminal err(Surroundings surroundings) {
    return new Terminal(surroundings.err(), surroundings.wantsColour());
  }

  /** What happened, when it is what was wanted: the first word is the verdict. */
  public void good(String verdict, String rest) {
    headline(GREEN, verdict, rest);
  }

  /** What happened, when something must be done about it. */
  public void bad(String verdict, String rest) {
    headline(RED, verdict, rest);
  }

  public void heading(String text) {
    stream.println(paint(BOLD, Printable.escape(text)));
  }

  /** A sentence. */
  public void say(String text) {
    stream.println(Printable.escape(text));
  }

  public void facts(Facts facts) {
    facts.lines().forEach(stream::println);
  }

  /** Something that works and deserves a thought. */
  public void note(String where, String text) {
    stream.println("  " + paint(YELLOW, "note") + "  " + Printable.escape(where + ": " + text));
  }

  /** What to do, under what is wrong. */
  public void remedy(int indent, String text) {
    stream.println(" ".repeat(indent) + paint(DIM, arrow + " " + Printable.escape(text)));
  }

  public void blank() {
    stream.println();
  }

  private void headline(String code, String verdict, String rest) {
    String separator = rest.isEmpty() ? "" : " ";
    stream.println(paint(BOLD + ";" + code, verdict) + separator + Printable.escape(rest));
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
