package dev.daypass.ledger.verify;

/**
 * One thing that was checked about a certificate's proof.
 *
 * @param name a few words that name it, the same in each run
 * @param detail what was found, for people
 */
public record ProofStep(String name, String detail, boolean passed) {}
