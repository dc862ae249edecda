package dev.daypass.config.identity;

import dev.daypass.config.value.Secret;
import dev.daypass.identity.IdentityKind;
import java.util.Optional;

/**
 * One entry of the key {@code identity}: an identity provider, its preset already applied.
 *
 * @param name the entry's name; groups of a provider that is not primary appear as {@code
 *     NAME/group}
 * @param issuer the exact {@code iss} of its tokens
 * @param signIn for persons who sign in by browser
 */
public record ProviderConfig(
    String name,
    Preset preset,
    IdentityKind kind,
    boolean primary,
    String issuer,
    Optional<String> clientId,
    Optional<Secret> clientSecret,
    TokenConfig tokens,
    ClaimsConfig claims,
    Optional<SignInConfig> signIn) {}
