package dev.daypass.config.identity;

import dev.daypass.config.identity.SignInConfig.ClientAuth;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.identity.IdentityKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the keys of an identity provider that say how persons sign in there. */
final class SignInReader {
  static final List<String> KEYS =
      List.of("title", "client-auth", "scopes", "prompt", "refresh", "userinfo");

  /** RFC 6749 section 3.3. */
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,200}");

  private static final int MAX_TITLE = 40;

  private final String name;
  private final YamlMapping entry;
  private final Preset preset;

  SignInReader(String name, YamlMapping entry, Preset preset) {
    this.name = name;
    this.entry = entry;
    this.preset = preset;
  }

  /**
   * Empty for services, which never meet a browser, and for persons who only show tokens.
   *
   * @param hasSecret whether a secret is configured, even one that cannot be read
   */
  Optional<SignInConfig> read(
      IdentityKind kind,
      String issuer,
      Optional<String> clientId,
      boolean hasSecret,
      Set<String> hostedDomains) {
    if (kind == IdentityKind.SERVICE) {
      KEYS.stream()
          .filter(key -> entry.value(key).isPresent())
          .forEach(key ->
              entry.faultAt(key, "is for persons: a service never signs in", "remove " + key));
      return Optional.empty();
    }
    boolean refresh = flag("refresh").orElse(true);
    Optional<ClientAuth> auth = clientAuth(hasSecret);
    SignInConfig read =
        new SignInConfig(
            title(),
            auth,
            scopes(issuer, refresh),
            prompt(refresh),
            preset.parameters(refresh, hostedDomains),
            refresh,
            flag("userinfo").orElse(preset.hasUserinfo()),
            preset.isFreshByPrompt());
    if (clientId.isEmpty()) {
      return Optional.empty();
    }
    if (preset.needsSecret() && !hasSecret && !auth.equals(Optional.of(ClientAuth.NONE))) {
      entry.fault(
          entry.path("client-secret-file"),
          "client-secret-file is missing: clients of this provider have a secret",
          "write the secret that the provider gave you into a file with mode 0600 and name it");
    }
    return Optional.of(read);
  }

  private String title() {
    return entry
        .value("title")
        .flatMap(v ->
            v.parsed(
                "a name of at most " + MAX_TITLE + " characters",
                text -> Optional.of(text).filter(t -> !t.isBlank() && t.length() <= MAX_TITLE)))
        .orElse(preset.title(name));
  }

  private Optional<ClientAuth> clientAuth(boolean hasSecret) {
    Optional<ClientAuth> auth =
        entry
            .value("client-auth")
            .flatMap(v -> v.oneOf(List.of("basic", "post", "none")))
            .map(text -> ClientAuth.valueOf(text.toUpperCase(Locale.ROOT)));
    if (auth.isPresent() && hasSecret == (auth.get() == ClientAuth.NONE)) {
      entry.faultAt(
          "client-auth",
          hasSecret ? "is none, and there is a client secret" : "needs a client secret",
          hasSecret ? "remove one of the two" : "name it with client-secret-file");
    }
    return auth;
  }

  private List<String> scopes(String issuer, boolean refresh) {
    Optional<YamlValue> value = entry.value("scopes");
    if (value.isEmpty()) {
      return preset.scopes(issuer, refresh);
    }
    Set<String> scopes = new LinkedHashSet<>();
    for (YamlValue item : value.get().items()) {
      item.parsed("a scope", text -> Optional.of(text).filter(SCOPE.asMatchPredicate()))
          .ifPresent(scopes::add);
    }
    if (value.get().isList() && !scopes.contains("openid")) {
      value.get().fault("lacks openid: there would be no ID token", "add openid");
    }
    if (scopes.contains(Preset.OFFLINE) && !refresh) {
      value.get().fault("has offline_access, and refresh is false", "remove one of the two");
    }
    return List.copyOf(scopes);
  }

  private Optional<String> prompt(boolean refresh) {
    Optional<YamlValue> value = entry.value("prompt");
    return value.isEmpty()
        ? preset.prompt(refresh)
        : value
            .flatMap(v -> v.oneOf(List.of("login", "consent", "select_account", "default")))
            .filter(text -> !text.equals("default"));
  }

  private Optional<Boolean> flag(String key) {
    return entry.value(key).flatMap(YamlValue::flag);
  }
}
