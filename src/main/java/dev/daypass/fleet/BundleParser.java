package dev.daypass.fleet;

import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a trust bundle's text strictly: what it accepts, {@link BundleText} writes back as is. */
final class BundleParser {
  private static final int MAX_CHARACTERS = 256 * 1024;

  private final String text;
  private final List<String> lines;

  /** The next line, from 0. */
  private int next;

  BundleParser(String text) {
    this.text = text;
    this.lines = text.lines().toList();
  }

  TrustBundle parse() throws BundleFormatException {
    if (text.length() > MAX_CHARACTERS) {
      throw new BundleFormatException(1, "longer than any trust bundle");
    }
    if (lines.isEmpty() || !lines.getFirst().equals(BundleText.FIRST_LINE)) {
      throw new BundleFormatException(1, "not " + BundleText.FIRST_LINE);
    }
    next = 1;
    TrustBundle bundle = members();
    if (!bundle.text().equals(text)) {
      throw new BundleFormatException(next + 1, "not in the one form that a bundle has");
    }
    return bundle;
  }

  private TrustBundle members() throws BundleFormatException {
    try {
      return new TrustBundle(
          Long.parseLong(only(BundleText.NUMBER)),
          Instant.parse(only(BundleText.VALID_UNTIL)),
          whenExpired(),
          only(BundleText.ORIGIN),
          keys(BundleText.USER_CA),
          keys(BundleText.HOST_CA),
          keys(BundleText.LEDGER),
          keys(BundleText.CHANNEL),
          breakGlassKey(),
          new WitnessPolicy(all(BundleText.WITNESS_POLICY)),
          modes());
    } catch (NumberFormatException | DateTimeException e) {
      throw new BundleFormatException(next, "not a number or time");
    } catch (IllegalArgumentException e) {
      throw new BundleFormatException(next, String.valueOf(e.getMessage()));
    }
  }

  /** Keeping is what a bundle without the line says; one that writes it down is not in form. */
  private WhenExpired whenExpired() throws BundleFormatException {
    List<String> words = all(BundleText.WHEN_EXPIRED);
    if (words.isEmpty()) {
      return WhenExpired.KEEP;
    }
    return WhenExpired.ofWireName(words.getFirst())
        .orElseThrow(() -> new BundleFormatException(next, "neither keep nor close"));
  }

  private Optional<SshPublicKey> breakGlassKey() throws BundleFormatException {
    List<SshPublicKey> keys = keys(BundleText.BREAK_GLASS);
    if (keys.size() > 1) {
      throw new BundleFormatException(next, "two break-glass keys");
    }
    return keys.stream().findFirst();
  }

  private List<SshPublicKey> keys(String name) throws BundleFormatException {
    List<SshPublicKey> keys = new ArrayList<>();
    for (String line : all(name)) {
      try {
        keys.add(SshPublicKey.parse(line));
      } catch (SshFormatException e) {
        throw new BundleFormatException(next, "not a public key: " + e.getMessage());
      }
    }
    return keys;
  }

  private Set<ServerMode> modes() throws BundleFormatException {
    Set<ServerMode> modes = EnumSet.noneOf(ServerMode.class);
    for (String word : all(BundleText.MODE)) {
      Optional<ServerMode> mode = ServerMode.ofWireName(word);
      modes.add(mode.orElseThrow(() -> new BundleFormatException(next, "not a mode")));
    }
    return modes;
  }

  private String only(String name) throws BundleFormatException {
    List<String> values = all(name);
    if (values.size() != 1) {
      throw new BundleFormatException(next + 1, "one line \"" + name + "\" belongs here");
    }
    return values.getFirst();
  }

  /** The values of the consecutive lines of that name that come next. */
  private List<String> all(String name) {
    List<String> values = new ArrayList<>();
    while (next < lines.size() && lines.get(next).startsWith(name + " ")) {
      values.add(lines.get(next).substring(name.length() + 1));
      next++;
    }
    return values;
  }
}
