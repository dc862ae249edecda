package dev.daypass.config.identity;

import dev.daypass.identity.IdentityKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known beforehand about an identity provider; every part of it can be overridden. */
public enum Preset {
  /** Any provider that follows OpenID Connect. */
  GENERIC(IdentityKind.PERSON, "preferred_username", "", ""),
  /** Keycloak; groups need its "Group Membership" mapper with the claim name {@code groups}. */
  KEYCLOAK(IdentityKind.PERSON, "preferred_username", "groups", ""),
  /** Okta; its authorization server must be told to put {@code groups} into the token. */
  OKTA(IdentityKind.PERSON, "preferred_username", "groups", ""),
  /** Microsoft Entra ID, one tenant; its groups are object ids. */
  ENTRA(IdentityKind.PERSON, "preferred_username", "groups", ""),
  /** Google; its tokens carry no groups, {@code policy.yaml} names them. */
  GOOGLE(IdentityKind.PERSON, "email", "", "https://accounts.google.com"),
  /** GitLab's ID tokens for CI jobs; the subject names project and ref. */
  GITLAB(IdentityKind.SERVICE, "sub", "", "https://gitlab.com"),
  /** GitHub Actions; the subject names repository and ref. */
  GITHUB_ACTIONS(IdentityKind.SERVICE, "sub", "", "https://token.actions.githubusercontent.com"),
  /** Service account tokens of a Kubernetes cluster. */
  KUBERNETES(IdentityKind.SERVICE, "sub", "", "");

  static final List<String> NAMES = Arrays.stream(values()).map(Preset::text).toList();

  private final IdentityKind kind;
  private final String usernameClaim;
  private final String groupsClaim;
  private final String issuer;

  Preset(IdentityKind kind, String usernameClaim, String groupsClaim, String issuer) {
    this.kind = kind;
    this.usernameClaim = usernameClaim;
    this.groupsClaim = groupsClaim;
    this.issuer = issuer;
  }

  /** As it is written in the file, such as {@code github-actions}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Preset> parse(String text) {
    return Arrays.stream(values()).filter(preset -> preset.text().equals(text)).findFirst();
  }

  IdentityKind kind() {
    return kind;
  }

  String usernameClaim() {
    return usernameClaim;
  }

  Optional<String> groupsClaim() {
    return groupsClaim.isEmpty() ? Optional.empty() : Optional.of(groupsClaim);
  }

  Optional<String> issuer() {
    return issuer.isEmpty() ? Optional.empty() : Optional.of(issuer);
  }
}
