package dev.daypass.login.provider;

/**
 * An identity provider at which a person may sign in.
 *
 * @param name the configured one, which stands in URLs
 * @param title for people
 */
public record SignInProvider(String name, String title) {}
