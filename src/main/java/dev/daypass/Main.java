package dev.daypass;

/** The entry point of {@code daypassd}. */
public final class Main {
  private Main() {}

  static void main() {
    System.out.println("daypassd");
  }
}
