package dev.daypass.cert;

/** A name that a server accepts. What it may hold, the linter says. */
public record Principal(String name) {
  @Override
  public String toString() {
    return name;
  }
}
