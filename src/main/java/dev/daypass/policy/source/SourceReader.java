package dev.daypass.policy.source;

import dev.daypass.policy.address.Cidr;
import dev.daypass.policy.role.SourceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a role's {@code source-address} (CASES 21). */
final class SourceReader {

  private static final String OBSERVED = "observed";
  private static final int MAX_RANGES = 32;

  private final String path;
  private final Problems problems;

  SourceReader(String rolePath, Problems problems) {
    this.path = rolePath + ".source-address";
    this.problems = problems;
  }

  SourceRule sourceRule(Optional<List<String>> raw) {
    if (raw.isEmpty()) {
      return new SourceRule.Anywhere();
    }
    if (raw.get().equals(List.of(OBSERVED))) {
      return new SourceRule.Observed();
    }
    List<Cidr> ranges = new ArrayList<>();
    for (int i = 0; i < raw.get().size(); i++) {
      String itemPath = path + "[" + i + "]";
      Cidr.parse(raw.get().get(i))
          .ifPresentOrElse(
              ranges::add,
              () ->
                  problems.error(
                      itemPath,
                      "not an address range",
                      "write a range without host bits, such as 10.0.0.0/8, or observed alone"));
    }
    if (raw.get().isEmpty() || ranges.size() > MAX_RANGES) {
      problems.error(path, "no range, or more than 32", "leave it out to allow any address");
    }
    return ranges.isEmpty() ? new SourceRule.Anywhere() : new SourceRule.Ranges(ranges);
  }
}
