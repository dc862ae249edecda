package dev.daypass.policy.role;

import dev.daypass.policy.address.Cidr;
import java.util.List;

/** From where a role's certificates may be used (DESIGN section 5, {@code source-address}). */
public sealed interface SourceRule {

  /** From anywhere. */
  record Anywhere() implements SourceRule {}

  /** From the address that the request came from. */
  record Observed() implements SourceRule {}

  /** From these ranges, at least one. */
  record Ranges(List<Cidr> ranges) implements SourceRule {

    public Ranges {
      ranges = List.copyOf(ranges);
      if (ranges.isEmpty()) {
        throw new IllegalArgumentException("no range");
      }
    }
  }
}
