package dev.daypass.web.console.session;

import dev.daypass.identity.Identity;
import dev.daypass.login.LoginSecret;
import java.time.Instant;

/**
 * One browser that somebody signed in with.
 *
 * @param csrf stands in each form of its pages
 * @param openedAt when the provider vouched for the identity
 */
public record ConsoleSession(Identity identity, LoginSecret csrf, Instant openedAt) {}
