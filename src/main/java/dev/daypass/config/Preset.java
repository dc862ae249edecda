package dev.daypass.config;

/** What is known beforehand about an identity provider; every part of it can be overridden. */
public enum Preset {
  GENERIC,
  KEYCLOAK,
  OKTA,
  ENTRA,
  GOOGLE,
  GITLAB,
  GITHUB_ACTIONS,
  KUBERNETES
}
