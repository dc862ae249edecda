package dev.daypass.reload;

import dev.daypass.fleet.answer.Answers.PolicyInForce;
import dev.daypass.policy.Policy;
import dev.daypass.tlog.EntryNumber;

/** The policy that is in force, for whoever decides by it; asked anew for each decision. */
public final class PolicyShelf {
  private volatile PolicyInForce inForce;

  /**
   * Starts with one.
   *
   * @param since a size of the ledger: maps of earlier versions were made under another policy
   */
  public PolicyShelf(Policy first, long since) {
    this.inForce = new PolicyInForce(first, since);
  }

  public Policy policy() {
    return inForce.policy();
  }

  public PolicyInForce inForce() {
    return inForce;
  }

  /** Puts another one in force, whose entry was just written. */
  void put(Policy next, EntryNumber loaded) {
    inForce = new PolicyInForce(next, loaded.value() + 1);
  }
}
