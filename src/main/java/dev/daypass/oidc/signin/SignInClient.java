package dev.daypass.oidc.signin;

import dev.daypass.oidc.rules.OidcProvider;

/**
 * The daemon as a client of one identity provider at which persons sign in.
 *
 * @param title what they read on the page that offers it
 */
public record SignInClient(
    OidcProvider provider, String title, ClientCredentials credentials, SignInStyle style) {}
