package dev.daypass.config.identity;

import dev.daypass.identity.IdentityKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known beforehand about an identity provider, by its own documentation; every part of it
 * can be overridden. The fixtures' READMEs name the documents.
 */
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

  /** OpenID Connect Core section 11: without this scope there need be no refresh token. */
  static final String OFFLINE = "offline_access";

  private static final List<String> SCOPES = List.of("openid", "profile", "email");

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

  /** Microsoft: {@code sub} changes with the client, {@code oid} never does. */
  String subjectClaim() {
    return this == ENTRA ? "oid" : "sub";
  }

  /** Microsoft has its own claim for it, which an application must be given. */
  String emailVerifiedClaim() {
    return this == ENTRA ? "xms_edov" : "email_verified";
  }

  /** Okta's predefined {@code acr} value for two factors; others say it in {@code amr}. */
  Set<String> mfaContexts() {
    return this == OKTA ? Set.of("urn:okta:loa:2fa:any") : Set.of();
  }

  /** GitHub makes a token for each call; GitLab and Kubernetes one for a whole job. */
  boolean singleUse() {
    return this == GITHUB_ACTIONS;
  }

  /** What a person reads on the page that offers this provider. */
  String title(String name) {
    return switch (this) {
      case OKTA -> "Okta";
      case ENTRA -> "Microsoft Entra ID";
      case GOOGLE -> "Google";
      case KEYCLOAK -> "Keycloak";
      case GENERIC, GITLAB, GITHUB_ACTIONS, KUBERNETES -> name;
    };
  }

  /**
   * What is asked for at sign-in.
   *
   * @param refresh whether a refresh token is wanted
   */
  List<String> scopes(String issuer, boolean refresh) {
    return switch (this) {
      // "access_type", not a scope, makes Google answer a refresh token.
      case GOOGLE -> SCOPES;
      // A custom authorization server refuses a scope that it was not given (invalid_scope).
      case OKTA ->
          issuer.contains("/oauth2/") ? offline(SCOPES, refresh) : offline(with("groups"), refresh);
      case GENERIC, KEYCLOAK, ENTRA, GITLAB, GITHUB_ACTIONS, KUBERNETES -> offline(SCOPES, refresh);
    };
  }

  /**
   * OpenID Connect Core section 11 lets a provider ignore {@code offline_access} where the person
   * is not asked; Google answers a refresh token to a second sign-in only then.
   */
  Optional<String> prompt(boolean refresh) {
    return refresh && (this == GENERIC || this == GOOGLE)
        ? Optional.of("consent")
        : Optional.empty();
  }

  /** What the authentication request says beside the standard parameters. */
  Map<String, String> parameters(boolean refresh, Set<String> hostedDomains) {
    if (this != GOOGLE) {
      return Map.of();
    }
    String hint = hostedDomains.size() == 1 ? hostedDomains.iterator().next() : "*";
    Map<String, String> hosted = hostedDomains.isEmpty() ? Map.of() : Map.of("hd", hint);
    if (!refresh) {
      return hosted;
    }
    return hosted.isEmpty()
        ? Map.of("access_type", "offline")
        : Map.of("access_type", "offline", "hd", hint);
  }

  /** Whether the provider makes clients for web servers with a secret only. */
  boolean needsSecret() {
    return this == GOOGLE || this == ENTRA;
  }

  /** Microsoft Graph's userinfo answer cannot be added to: it has neither groups nor username. */
  boolean hasUserinfo() {
    return this != ENTRA;
  }

  /** Microsoft documents {@code prompt=login} and no {@code max_age}. */
  boolean isFreshByPrompt() {
    return this == ENTRA;
  }

  private static List<String> with(String scope) {
    return Stream.concat(SCOPES.stream(), Stream.of(scope)).toList();
  }

  private static List<String> offline(List<String> scopes, boolean refresh) {
    return refresh ? Stream.concat(scopes.stream(), Stream.of(OFFLINE)).toList() : scopes;
  }
}
