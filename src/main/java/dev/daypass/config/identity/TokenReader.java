package dev.daypass.config.identity;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.identity.IdentityKind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the keys of an identity provider that say which of its tokens are taken. */
final class TokenReader {
  static final List<String> KEYS =
      List.of("audience", "token", "bearer", "single-use", "algorithms", "clock-skew");

  /** RFC 7518, RFC 8037, RFC 9864; algorithms with a shared secret, and none, are never taken. */
  private static final List<String> ALGORITHMS =
      List.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
          "Ed25519");

  private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

  private final YamlMapping entry;
  private final Preset preset;
  private final IdentityKind kind;

  TokenReader(YamlMapping entry, Preset preset, IdentityKind kind) {
    this.entry = entry;
    this.preset = preset;
    this.kind = kind;
  }

  TokenConfig read(Optional<String> clientId) {
    boolean isService = kind == IdentityKind.SERVICE;
    boolean bearer = entry.value("bearer").flatMap(YamlValue::flag).orElse(isService);
    if (!bearer && isService) {
      entry.faultAt("bearer", "is false, and a service has no other way in", "remove bearer");
    }
    if (!bearer && !isService && clientId.isEmpty() && entry.value("audience").isPresent()) {
      entry.fault(
          entry.path("client-id"),
          "client-id is missing: nobody could sign in here",
          "write the client id that the provider gave you, or bearer: true");
    }
    return new TokenConfig(
        audiences(clientId),
        use(),
        bearer,
        entry.value("single-use").flatMap(YamlValue::flag).orElse(preset.singleUse()),
        algorithms(),
        entry
            .value("clock-skew")
            .flatMap(v -> v.duration(Duration.ZERO, MAX_CLOCK_SKEW))
            .orElse(TokenConfig.DEFAULT_CLOCK_SKEW));
  }

  /** A person's ID token is made for the client; a service's for whatever audience it asked. */
  private List<String> audiences(Optional<String> clientId) {
    Optional<YamlValue> value = entry.value("audience");
    if (value.isPresent()) {
      return given(value.get());
    }
    if (clientId.isEmpty()) {
      String key = kind == IdentityKind.PERSON ? "client-id" : "audience";
      entry.fault(
          entry.path(key),
          key + " is missing: tokens made for others would be taken",
          kind == IdentityKind.PERSON
              ? "write the client id that the provider gave you"
              : "write audience: daypass, and let jobs ask for it");
    }
    return clientId.map(List::of).orElse(List.of());
  }

  private static List<String> given(YamlValue value) {
    if (!value.isList()) {
      return value.text().map(List::of).orElse(List.of());
    }
    if (value.items().isEmpty()) {
      value.fault("is empty", "name the audience that tokens are made for");
    }
    return value.texts();
  }

  private TokenConfig.Use use() {
    return entry
        .value("token")
        .flatMap(v -> v.oneOf(List.of("id", "access")))
        .map(text -> TokenConfig.Use.valueOf(text.toUpperCase(Locale.ROOT)))
        .orElse(TokenConfig.Use.ID);
  }

  private Set<String> algorithms() {
    Optional<YamlValue> value = entry.value("algorithms");
    if (value.isEmpty()) {
      return TokenConfig.DEFAULT_ALGORITHMS;
    }
    Set<String> algorithms = new LinkedHashSet<>();
    List<YamlValue> items = value.get().items();
    items.forEach(item -> item.oneOf(ALGORITHMS).ifPresent(algorithms::add));
    if (value.get().isList() && items.isEmpty()) {
      value.get().fault("is empty: no token could be accepted", "name at least RS256 or ES256");
    }
    return algorithms;
  }
}
