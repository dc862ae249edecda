package dev.daypass.identity;

/**
 * The name of an identity that never changes: the issuer that vouches for it and the subject it has
 * there, both compared as exact text (OpenID Connect Core 1.0, section 5.7).
 */
public record IdentityId(String issuer, String subject) {

  public IdentityId {
    if (issuer.isEmpty() || subject.isEmpty()) {
      throw new IllegalArgumentException("issuer and subject must not be empty");
    }
  }

  @Override
  public String toString() {
    return issuer + "#" + subject;
  }
}
