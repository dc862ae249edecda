package dev.daypass.policy.source;

import dev.daypass.ssh.Bytes;
import java.util.List;
import java.util.Set;

/** Checks what a policy file says and makes a policy of it. */
public final class PolicyReader {

  private final Set<String> issuers;

  /**
   * @param issuers the configured names of the identity providers, which roles may name
   */
  public PolicyReader(Set<String> issuers) {
    this.issuers = Set.copyOf(issuers);
  }

  /**
   * Reads a policy.
   *
   * @param canonicalSource the bytes whose SHA-256 names this policy in the ledger
   */
  public PolicyLoad read(RawPolicy raw, Bytes canonicalSource) {
    return new PolicyLoad.Invalid(
        List.of(new PolicyProblem("", "Not read: " + raw + canonicalSource + issuers, "")));
  }
}
