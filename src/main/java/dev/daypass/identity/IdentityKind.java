package dev.daypass.identity;

/** What an issuer vouches for; each configured issuer declares its kind (DESIGN section 4). */
public enum IdentityKind {
  PERSON("person"),
  SERVICE("service");

  private final String text;

  IdentityKind(String text) {
    this.text = text;
  }

  /** The word for it in configuration, policy and entries. */
  public String text() {
    return text;
  }
}
