package dev.daypass.config.identity;

import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the keys of an identity provider that say what its claims mean. */
final class ClaimsReader {
  static final List<String> KEYS =
      List.of(
          "account",
          "email-domains",
          "username-claim",
          "groups-claim",
          "mfa-methods",
          "mfa-contexts",
          "hosted-domain");

  private static final Pattern CLAIM = Pattern.compile("[A-Za-z0-9_.:/@-]{1,100}");
  private static final Pattern DOMAIN =
      Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

  private final YamlMapping entry;
  private final Preset preset;

  ClaimsReader(YamlMapping entry, Preset preset) {
    this.entry = entry;
    this.preset = preset;
  }

  ClaimsConfig read() {
    AccountSource account = account();
    Set<String> domains = domains();
    String username =
        entry.value("username-claim").flatMap(ClaimsReader::claim).orElse(preset.usernameClaim());
    boolean believesEmail = account instanceof AccountSource.LocalPart || username.equals("email");
    if (believesEmail && entry.value("email-domains").isEmpty()) {
      entry.fault(
          entry.path("email-domains"),
          "email-domains is missing: account or username comes from an e-mail address",
          "name the domains that this provider may assert, such as [example.com]");
    }
    return new ClaimsConfig(
        username,
        domains,
        account,
        groups(),
        texts("mfa-methods").orElse(ClaimsConfig.DEFAULT_MFA_METHODS),
        texts("mfa-contexts").orElse(preset.mfaContexts()),
        preset.subjectClaim(),
        preset.emailVerifiedClaim(),
        hostedDomains(domains));
  }

  private AccountSource account() {
    Optional<YamlValue> value = entry.value("account");
    if (value.filter(YamlValue::isMapping).isPresent()) {
      return value
          .flatMap(v -> v.mapping(List.of("claim")))
          .flatMap(m -> m.require("claim", "name the claim that holds the account"))
          .flatMap(ClaimsReader::claim)
          .<AccountSource>map(AccountSource.Claim::new)
          .orElse(new AccountSource.None());
    }
    return value
        .flatMap(v -> v.oneOf(List.of("local-part", "none")))
        .filter("local-part"::equals)
        .<AccountSource>map(_ -> new AccountSource.LocalPart())
        .orElse(new AccountSource.None());
  }

  private Set<String> domains() {
    Set<String> domains = new LinkedHashSet<>();
    entry.value("email-domains").map(YamlValue::items).orElse(List.of()).stream()
        .map(ClaimsReader::domain)
        .forEach(domain -> domain.ifPresent(domains::add));
    return domains;
  }

  /**
   * Google: the domains whose accounts are admitted. Those of {@code email-domains} unless others
   * are named: anybody could once make an account of his own with a company's address.
   */
  private Set<String> hostedDomains(Set<String> emailDomains) {
    Optional<YamlValue> value = entry.value("hosted-domain");
    if (value.isPresent() && preset != Preset.GOOGLE) {
      entry.faultAt(
          "hosted-domain", "is known to Google alone", "remove it, or write preset: google");
    }
    if (value.isEmpty()) {
      return preset == Preset.GOOGLE ? emailDomains : Set.of();
    }
    List<YamlValue> items = value.get().isList() ? value.get().items() : List.of(value.get());
    if (items.isEmpty()) {
      value.get().fault("is empty", "name a domain, or write none");
    }
    Set<String> domains = new LinkedHashSet<>();
    if (items.size() != 1 || items.getFirst().text().filter("none"::equals).isEmpty()) {
      items.stream().map(ClaimsReader::domain).forEach(d -> d.ifPresent(domains::add));
    }
    return domains;
  }

  private static Optional<String> domain(YamlValue value) {
    return value.parsed(
        "a domain in lower case, such as example.com",
        text -> Optional.of(text).filter(DOMAIN.asMatchPredicate()));
  }

  private Optional<String> groups() {
    Optional<YamlValue> value = entry.value("groups-claim");
    return value.isEmpty()
        ? preset.groupsClaim()
        : value.flatMap(ClaimsReader::claim).filter(claim -> !claim.equals("none"));
  }

  private Optional<Set<String>> texts(String key) {
    return entry.value(key).map(v -> new LinkedHashSet<>(v.texts()));
  }

  private static Optional<String> claim(YamlValue value) {
    return value.parsed(
        "a claim's name", text -> Optional.of(text).filter(CLAIM.asMatchPredicate()));
  }
}
