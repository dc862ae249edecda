package dev.daypass.config.policy;

import java.nio.file.Path;
import java.util.Set;

/**
 * What a policy's reading needs of {@code daypass.yaml}, even of one that has faults.
 *
 * @param providers the names under {@code identity}
 */
public record PolicyPlace(Path policy, Set<String> providers) {

  public PolicyPlace {
    providers = Set.copyOf(providers);
  }
}
