package dev.daypass.policy.role;

/** Which proof a role's certificates carry before they are released (DESIGN section 6). */
public enum ProofDemand {
  LEDGER("ledger"),
  WITNESSED("witnessed");

  private final String text;

  ProofDemand(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
