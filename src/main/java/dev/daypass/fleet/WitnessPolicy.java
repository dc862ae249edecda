package dev.daypass.fleet;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The witnesses that servers demand, as lines of a C2SP tlog-policy; none if there are no lines.
 *
 * @param lines {@code witness}, {@code group} and one {@code quorum} line; the ledger's own keys
 *     stand elsewhere in the bundle
 */
public record WitnessPolicy(List<String> lines) {
  /** No witness is demanded. */
  public static final WitnessPolicy NONE = new WitnessPolicy(List.of());

  private static final int MAX_LINES = 64;
  private static final Pattern LINE =
      Pattern.compile("(witness|group|quorum) [!-~]+( [!-~]+){0,64}");

  public WitnessPolicy {
    lines = List.copyOf(lines);
    if (lines.size() > MAX_LINES || !lines.stream().allMatch(WitnessPolicy::isLine)) {
      throw new IllegalArgumentException("not lines of a tlog-policy: witness, group, quorum");
    }
    long quorums = lines.stream().filter(line -> line.startsWith("quorum ")).count();
    if (!lines.isEmpty() && quorums != 1) {
      throw new IllegalArgumentException("a witness policy has one quorum line");
    }
  }

  private static boolean isLine(String line) {
    return LINE.matcher(line).matches();
  }
}
