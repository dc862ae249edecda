package dev.daypass.e2e;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One certificate as {@code ssh-keygen -L} prints it.
 *
 * @param certificateType such as {@code ssh-rsa-cert-v01@openssh.com user certificate}
 * @param key fingerprint of the certified key
 * @param ca fingerprint of the CA key, and the algorithm of its signature
 * @param criticalOptions each a name, or a name, a blank and a value
 * @param extensions likewise; the value of one that OpenSSH does not know is hexadecimal
 */
record KeygenListing(
    String certificateType,
    String key,
    String ca,
    String keyId,
    String serial,
    Instant validAfter,
    Instant validBefore,
    List<String> principals,
    List<String> criticalOptions,
    List<String> extensions) {
  private static final Pattern FIELD = Pattern.compile(" {8}([A-Z][A-Za-z ]*): ?(.*)");
  private static final Pattern ITEM = Pattern.compile(" {16}(.*)");
  private static final Pattern WINDOW = Pattern.compile("from (\\S+) to (\\S+)");
  private static final Pattern UNKNOWN =
      Pattern.compile("(\\S+) UNKNOWN OPTION: ([0-9a-f]*) \\(len \\d+\\)");

  /** Has ssh-keygen read a file of certificates, one a line. */
  static List<KeygenListing> of(Path file) throws java.io.IOException {
    String output = Command.of("ssh-keygen", "-L", "-f", file.toString()).output();
    List<KeygenListing> listings = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : output.lines().toList()) {
      // A line that is not indented names the file and begins the next certificate.
      if (!line.startsWith(" ") && !lines.isEmpty()) {
        listings.add(parse(lines));
        lines.clear();
      } else if (line.startsWith(" ")) {
        lines.add(line);
      }
    }
    listings.add(parse(lines));
    return listings;
  }

  private static KeygenListing parse(List<String> lines) {
    Matcher window = WINDOW.matcher(field(lines, "Valid"));
    if (!window.matches()) {
      throw new AssertionError("no window: " + lines);
    }
    return new KeygenListing(
        field(lines, "Type"),
        word(field(lines, "Public key"), 1),
        field(lines, "Signing CA"),
        field(lines, "Key ID"),
        field(lines, "Serial"),
        time(window.group(1)),
        time(window.group(2)),
        items(lines, "Principals"),
        items(lines, "Critical Options"),
        items(lines, "Extensions"));
  }

  private static String field(List<String> lines, String name) {
    return lines.stream()
        .map(FIELD::matcher)
        .filter(Matcher::matches)
        .filter(field -> field.group(1).equals(name))
        .map(field -> field.group(2))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is missing: " + lines));
  }

  private static List<String> items(List<String> lines, String name) {
    if (field(lines, name).equals("(none)")) {
      return List.of();
    }
    return lines.stream()
        .dropWhile(line -> !line.startsWith("        " + name + ":"))
        .skip(1)
        .takeWhile(line -> ITEM.matcher(line).matches())
        .map(line -> line.substring(16))
        .map(item -> UNKNOWN.matcher(item).replaceFirst("$1 $2"))
        .toList();
  }

  private static String word(String text, int index) {
    return text.split(" ", -1)[index];
  }

  private static Instant time(String text) {
    return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }
}
