package dev.daypass.oidc.jose;

/** JSON's {@code null}, which is a value and not the same as an absent member. */
public enum JsonNull {
  NULL
}
