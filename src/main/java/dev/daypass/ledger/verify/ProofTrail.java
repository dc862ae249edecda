package dev.daypass.ledger.verify;

import java.util.ArrayList;
import java.util.List;

/** Collects the steps of one verification, until one of them fails. For one thread. */
final class ProofTrail {
  private final List<ProofStep> steps = new ArrayList<>();

  List<ProofStep> steps() {
    return steps;
  }

  void pass(String name, String detail) {
    steps.add(new ProofStep(name, detail, true));
  }

  void require(boolean condition, String name, String otherwise) throws Broken {
    if (!condition) {
      throw broken(name, otherwise);
    }
  }

  Broken broken(String name, String detail) {
    steps.add(new ProofStep(name, detail, false));
    return new Broken();
  }

  /** Ends a verification whose last step failed. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
