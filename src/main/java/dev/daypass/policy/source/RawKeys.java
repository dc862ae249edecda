package dev.daypass.policy.source;

import java.util.List;
import java.util.Optional;

/** {@code keys: { types: [ed25519, rsa-3072], verify-required: false }}. */
public record RawKeys(Optional<List<String>> types, boolean verifyRequired) {}
