package dev.daypass.ssh;

/** The application strings of security keys: what SHA-256 turns into the relying party's hash. */
final class SkApplications {
  private static final int MAX_LENGTH = 255;

  private SkApplications() {}

  static void require(String application) {
    if (application.isEmpty() || application.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("an application has 1 to 255 characters");
    }
    if (!application.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("an application is printable ASCII");
    }
  }
}
