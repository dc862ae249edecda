package dev.daypass.config;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.identity.IdentityKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one entry of {@code identity}. */
final class ProviderReader {
  static final List<String> KEYS =
      List.of(
          "preset",
          "kind",
          "primary",
          "issuer",
          "client-id",
          "client-secret-file",
          "client-secret-credential",
          "audience",
          "account",
          "email-domains",
          "username-claim",
          "groups-claim",
          "bearer",
          "single-use",
          "algorithms");

  /**
   * Asymmetric JWS algorithms (RFC 7518, RFC 8037); shared-secret ones and none are never taken.
   */
  private static final List<String> ALGORITHMS =
      List.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  private static final Set<String> DEFAULT_ALGORITHMS = Set.of("RS256", "PS256", "ES256", "EdDSA");
  private static final Pattern DOMAIN =
      Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

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

  Optional<ProviderConfig> read() {
    Optional<String> issuer = issuer();
    Optional<String> clientId = entry.value("client-id").flatMap(YamlValue::text);
    Optional<Secret> secret = places.secret(entry, "client-secret");
    List<String> audiences = audiences(clientId);
    AccountSource account = account();
    Set<String> domains = domains();
    if (account instanceof AccountSource.LocalPart && domains.isEmpty()) {
      entry.fault(
          entry.path("email-domains"),
          "account: local-part believes e-mail addresses, but no domain is named",
          "name the domains that this provider may assert, such as [example.com]");
    }
    boolean primary = flag("primary", false);
    if (primary && kind == IdentityKind.SERVICE) {
      entry.faultAt("primary", "a provider of services cannot be primary", "remove primary");
    }
    boolean bearer = flag("bearer", kind == IdentityKind.SERVICE);
    if (!bearer && kind == IdentityKind.SERVICE) {
      entry.faultAt("bearer", "a service has no other way in", "remove bearer");
    }
    return issuer.map(iss ->
        new ProviderConfig(
            name,
            preset,
            kind,
            primary,
            iss,
            clientId,
            secret,
            audiences,
            account,
            domains,
            entry.value("username-claim").flatMap(this::claim).orElse(preset.usernameClaim()),
            groupsClaim(),
            bearer,
            flag("single-use", false),
            algorithms()));
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
    boolean manyTenants =
        issuer.filter(i -> i.matches(".*/(common|organizations|consumers)/.*")).isPresent();
    if (preset == Preset.ENTRA && manyTenants) {
      entry.faultAt("issuer", "admits every tenant", "put your tenant's id in its place");
    }
    return issuer;
  }

  /** A person's ID token is made for the client; a service's for whatever audience it asked. */
  private List<String> audiences(Optional<String> clientId) {
    Optional<YamlValue> value = entry.value("audience");
    if (value.isPresent()) {
      List<String> given =
          value.get().isList()
              ? value.get().texts()
              : value.get().text().map(List::of).orElse(List.of());
      if (value.get().isList() && value.get().items().isEmpty()) {
        value.get().fault("is empty", "name the audience that tokens are made for");
      }
      return given;
    }
    if (clientId.isEmpty()) {
      String key = kind == IdentityKind.PERSON ? "client-id" : "audience";
      entry.fault(
          entry.path(key),
          key + " is missing: tokens made for others would be taken",
          kind == IdentityKind.PERSON
              ? "write the client id that the provider gave you"
              : "write audience: daypass and let jobs ask for it");
    }
    return clientId.map(List::of).orElse(List.of());
  }

  private AccountSource account() {
    Optional<YamlValue> value = entry.value("account");
    if (value.isEmpty()) {
      return new AccountSource.None();
    }
    if (value.get().isMapping()) {
      return value
          .get()
          .mapping(List.of("claim"))
          .flatMap(m -> m.require("claim", "name the claim that holds the account"))
          .flatMap(this::claim)
          .<AccountSource>map(AccountSource.Claim::new)
          .orElse(new AccountSource.None());
    }
    boolean localPart =
        value.get().oneOf(List.of("local-part", "none")).filter("local-part"::equals).isPresent();
    return localPart ? new AccountSource.LocalPart() : new AccountSource.None();
  }

  private Set<String> domains() {
    Set<String> domains = new LinkedHashSet<>();
    for (YamlValue item : entry.value("email-domains").map(YamlValue::items).orElse(List.of())) {
      item.parsed(
              "a domain in lower case, such as example.com",
              text -> Optional.of(text).filter(DOMAIN.asMatchPredicate()))
          .ifPresent(domains::add);
    }
    return domains;
  }

  private Optional<String> groupsClaim() {
    Optional<YamlValue> value = entry.value("groups-claim");
    return value.isEmpty()
        ? preset.groupsClaim()
        : value.flatMap(this::claim).filter(claim -> !claim.equals("none"));
  }

  private Optional<String> claim(YamlValue value) {
    return value.parsed(
        "a claim's name",
        text -> Optional.of(text).filter(t -> t.matches("[A-Za-z0-9_.:/@-]{1,100}")));
  }

  private boolean flag(String key, boolean otherwise) {
    return entry.value(key).flatMap(YamlValue::flag).orElse(otherwise);
  }

  private Set<String> algorithms() {
    Optional<YamlValue> value = entry.value("algorithms");
    if (value.isEmpty()) {
      return DEFAULT_ALGORITHMS;
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
