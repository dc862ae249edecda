package dev.daypass.cert.lint;

/** How far a certificate has come when it is linted. */
public enum LintStage {
  /** Before the ledger numbers it: serial unassigned, no proof. */
  DRAFT,
  /** Just before it is signed: serial assigned, and in a user certificate the proof. */
  COMPLETE
}
