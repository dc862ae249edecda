package dev.daypass.login.provider;

import dev.daypass.login.LoginMode;
import java.time.Duration;
import java.util.Optional;

/**
 * What a login asks of its sign-in.
 *
 * @param mode becomes the identity's {@code loginMethod}
 * @param maxAge how long ago the person may have authenticated (OpenID Connect Core 1.0, section
 *     3.1.2.1, max_age); the ID token must then say when that was
 */
public record SignInTerms(LoginMode mode, Optional<Duration> maxAge) {}
