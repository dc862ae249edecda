package dev.daypass.reload;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.policy.LoadedPolicy;
import dev.daypass.config.policy.PolicyFile;
import dev.daypass.fleet.MapVersions;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.policy.PolicyDifference;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * The policy file, read again. Crash order: the entry {@code policy.loaded}, then it is in force,
 * then waiting servers are woken.
 */
public final class PolicyReload implements Reloadable {
  private final Path file;
  private final Set<String> providers;
  private final PolicyShelf shelf;
  private final Ledger ledger;
  private final MapVersions versions;
  private final Runnable wake;

  /**
   * @param providers the configured names of the identity providers, which roles may name
   * @param wake tells servers that their maps may say something else
   */
  public PolicyReload(
      Path file,
      Set<String> providers,
      PolicyShelf shelf,
      Ledger ledger,
      MapVersions versions,
      Runnable wake) {
    this.file = file;
    this.providers = Set.copyOf(providers);
    this.shelf = shelf;
    this.ledger = ledger;
    this.versions = versions;
    this.wake = wake;
  }

  @Override
  public Optional<Change> read() throws ConfigInvalid {
    LoadedPolicy loaded = PolicyFile.read(file, providers);
    return loaded.policy().hash().equals(shelf.policy().hash())
        ? Optional.empty()
        : Optional.of(by -> putInForce(loaded, by));
  }

  /** The details of the entry of a policy that is the first of this process. */
  public static JsonObject details(LoadedPolicy loaded) {
    // The whole text, so that a grant can be checked against the policy in force then.
    return JsonObject.builder()
        .put("sha256", loaded.policy().hash().base64Url())
        .put("text", loaded.text())
        .build();
  }

  private List<String> putInForce(LoadedPolicy loaded, String by) throws LedgerUnavailable {
    PolicyDifference difference = PolicyDifference.between(shelf.policy(), loaded.policy());
    JsonObject details = details(loaded, difference, by);
    versions.begin(this);
    try {
      EntryNumber entry =
          ledger.append(Draft.of(EntryKind.POLICY_LOADED, details, SearchKeys.NONE)).number();
      shelf.put(loaded.policy(), entry);
    } finally {
      versions.end(this);
    }
    wake.run();
    return lines(difference);
  }

  private static JsonObject details(LoadedPolicy loaded, PolicyDifference difference, String by) {
    JsonObject.Builder details = JsonObject.builder();
    details(loaded).members().forEach(details::put);
    return details
        .put("by", by)
        .put("added", texts(difference.added()))
        .put("removed", texts(difference.removed()))
        .put("changed", texts(difference.changed()))
        .build();
  }

  private static JsonArray texts(SortedSet<String> names) {
    return JsonArray.ofTexts(List.copyOf(names));
  }

  private static List<String> lines(PolicyDifference difference) {
    List<String> lines = new ArrayList<>();
    difference.added().forEach(name -> lines.add("policy: " + name + " is new"));
    difference.removed().forEach(name -> lines.add("policy: " + name + " is gone"));
    difference.changed().forEach(name -> lines.add("policy: " + name + " has changed"));
    return lines.isEmpty() ? List.of("policy: another text that means the same") : lines;
  }
}
