package dev.daypass.config;

import dev.daypass.config.ProviderConfig.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known beforehand about an identity provider; every part of it can be overridden. */
public enum Preset {
  /** Any provider that follows OpenID Connect. */
  GENERIC(Kind.PERSON, "preferred_username", "", ""),
  /** Keycloak; groups need its "Group Membership" mapper with the claim name {@code groups}. */
  KEYCLOAK(Kind.PERSON, "preferred_username", "groups", ""),
  /** Okta; its authorization server must be told to put {@code groups} into the token. */
  OKTA(Kind.PERSON, "preferred_username", "groups", ""),
  /** Microsoft Entra ID, one tenant; its groups are object ids. */
  ENTRA(Kind.PERSON, "preferred_username", "groups", ""),
  /** Google; its tokens carry no groups, {@code policy.yaml} names them. */
  GOOGLE(Kind.PERSON, "email", "", "https://accounts.google.com"),
  /** GitLab's ID tokens for CI jobs; the subject names project and ref. */
  GITLAB(Kind.SERVICE, "sub", "", "https://gitlab.com"),
  /** GitHub Actions; the subject names repository and ref. */
  GITHUB_ACTIONS(Kind.SERVICE, "sub", "", "https://token.actions.githubusercontent.com"),
  /** Service account tokens of a Kubernetes cluster. */
  KUBERNETES(Kind.SERVICE, "sub", "", "");

  static final List<String> NAMES = Arrays.stream(values()).map(Preset::text).toList();

  private final Kind kind;
  private final String usernameClaim;
  private final String groupsClaim;
  private final String issuer;

  Preset(Kind kind, String usernameClaim, String groupsClaim, String issuer) {
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

  Kind kind() {
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
