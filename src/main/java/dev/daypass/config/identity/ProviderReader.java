package dev.daypass.config.identity;

import dev.daypass.config.value.Places;
import dev.daypass.config.value.PublicOrigin;
import dev.daypass.config.value.Secret;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.identity.IdentityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one entry of {@code identity}. */
final class ProviderReader {
  static final List<String> KEYS = keys();

  private final String name;
  private final YamlMapping entry;
  private final Places places;
  private final Preset preset;
  private final IdentityKind kind;

  ProviderReader(String name, YamlMapping entry, Places places) {
    this.name = name;
    this.entry = entry.allowing(KEYS);
    this.places = places;
    this.preset =
        entry
            .value("preset")
            .flatMap(v -> v.oneOf(Preset.NAMES))
            .flatMap(Preset::parse)
            .orElse(Preset.GENERIC);
    this.kind =
        entry
            .value("kind")
            .flatMap(v -> v.oneOf(List.of("person", "service")))
            .map(text -> IdentityKind.valueOf(text.toUpperCase(Locale.ROOT)))
            .orElse(preset.kind());
  }

  /** Empty only where a fault was noted. */
  Optional<ProviderConfig> read() {
    Optional<String> issuer = issuer();
    Optional<String> clientId = entry.value("client-id").flatMap(YamlValue::text);
    Optional<Secret> secret = places.secret(entry, "client-secret");
    boolean primary = entry.value("primary").flatMap(YamlValue::flag).orElse(false);
    if (primary && kind == IdentityKind.SERVICE) {
      entry.faultAt("primary", "a provider of services cannot be primary", "remove primary");
    }
    TokenConfig tokens = new TokenReader(entry, preset, kind).read(clientId);
    ClaimsConfig claims = new ClaimsReader(entry, preset).read();
    boolean hasSecret =
        entry.value("client-secret-file").isPresent()
            || entry.value("client-secret-credential").isPresent();
    Optional<SignInConfig> signIn =
        new SignInReader(name, entry, preset)
            .read(kind, issuer.orElse(""), clientId, hasSecret, claims.hostedDomains());
    return issuer.map(iss ->
        new ProviderConfig(
            name, preset, kind, primary, iss, clientId, secret, tokens, claims, signIn));
  }

  private Optional<String> issuer() {
    Optional<YamlValue> value = entry.value("issuer");
    if (value.isEmpty() && preset.issuer().isPresent()) {
      return preset.issuer();
    }
    Optional<String> issuer =
        entry
            .require("issuer", "copy the issuer from the provider's openid-configuration")
            .flatMap(PublicOrigin::issuer);
    if (preset == Preset.ENTRA) {
      issuer.ifPresent(this::requireOneTenant);
    }
    return issuer;
  }

  /** Microsoft, "Access tokens" and "ID token claims reference", {@code iss}. */
  private void requireOneTenant(String issuer) {
    if (issuer.matches(".*/(common|organizations|consumers)(/.*)?")) {
      entry.faultAt("issuer", "admits every tenant", "put your tenant's id in its place");
    } else if (!issuer.endsWith("/v2.0")) {
      entry.faultAt(
          "issuer",
          "is not that of v2.0 tokens, and others lack what is needed",
          "write https://login.microsoftonline.com/TENANT-ID/v2.0");
    }
  }

  private static List<String> keys() {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "preset",
                "kind",
                "primary",
                "issuer",
                "client-id",
                "client-secret-file",
                "client-secret-credential"));
    keys.addAll(TokenReader.KEYS);
    keys.addAll(ClaimsReader.KEYS);
    keys.addAll(SignInReader.KEYS);
    return List.copyOf(keys);
  }
}
