package dev.daypass.config.identity;

import dev.daypass.config.value.Places;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.identity.IdentityKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the key {@code identity} and what must hold among its entries. */
public final class IdentityReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  private final Places places;
  private final SortedMap<String, ProviderConfig> providers = new TreeMap<>();
  private final Map<String, String> issuers = new HashMap<>();
  private Optional<String> primary = Optional.empty();

  /** Whether some entry means to be primary, even one that has faults. */
  private boolean somePrimary;

  public IdentityReader(Places places) {
    this.places = places;
  }

  /** The providers by name; those with faults may be left out. */
  public SortedMap<String, ProviderConfig> read(YamlMapping root) {
    Optional<YamlMapping> section =
        root.require("identity", "name at least one identity provider").flatMap(YamlValue::mapping);
    if (section.isEmpty()) {
      return providers;
    }
    section.get().values().forEach((name, value) -> admit(section.get(), name, value));
    boolean persons = providers.values().stream().anyMatch(p -> p.kind() == IdentityKind.PERSON);
    if (section.get().values().isEmpty()) {
      section.get().fault("identity", "names no provider", "name at least one");
    } else if (persons && !somePrimary) {
      section
          .get()
          .fault(
              "identity",
              "no provider is primary, so no role is open to persons",
              "set primary: true at the one whose groups policy.yaml means");
    }
    return providers;
  }

  private void admit(YamlMapping section, String name, YamlValue value) {
    if (!NAME.matcher(name).matches()) {
      section.faultAt(
          name, "is no name for a provider", "use lower-case letters, digits and -, 31 at most");
    }
    Optional<YamlMapping> entry = value.mapping();
    if (entry.isEmpty()) {
      return;
    }
    somePrimary |=
        entry.get().value("primary").flatMap(YamlValue::text).filter("false"::equals).isEmpty()
            && entry.get().value("primary").isPresent();
    Optional<ProviderConfig> read = new ProviderReader(name, entry.get(), places).read();
    read.ifPresent(provider -> admit(entry.get(), provider));
  }

  private void admit(YamlMapping entry, ProviderConfig provider) {
    providers.put(provider.name(), provider);
    String other = issuers.putIfAbsent(provider.issuer(), provider.name());
    if (other != null) {
      entry.faultAt(
          "issuer",
          "has the issuer of " + other + ", so a token would not say whose it is",
          "keep one of the two");
    }
    if (provider.primary() && primary.isPresent()) {
      entry.faultAt("primary", primary.get() + " is primary already", "keep one primary");
    } else if (provider.primary()) {
      primary = Optional.of(provider.name());
    }
  }
}
