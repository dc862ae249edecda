package dev.daypass.fleet.key;

import dev.daypass.fleet.TrustBundle;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.policy.host.HostName;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Moves a key from one stage to the next, each time as an entry, and only where nobody is shut out
 * by it: not signing before every server trusts it, not gone before what it signed has ended.
 *
 * <p>For one caller at a time: the operator's.
 */
public final class KeyLife {
  private static final int NAMED_SERVERS = 5;

  private final Ledger ledger;
  private final KeyBook book;
  private final KeySurroundings around;
  private final Duration login;
  private final InstantSource clock;

  /**
   * @param login how long a login lasts at most: people's machines learn of host CA keys when they
   *     log in
   */
  public KeyLife(
      Ledger ledger, KeyBook book, KeySurroundings around, Duration login, InstantSource clock) {
    this.ledger = ledger;
    this.book = book;
    this.around = around;
    this.login = login;
    this.clock = clock;
  }

  /**
   * Who changes a key, and why against all advice.
   *
   * @param force the reason to do it although something is in the way that may be overridden
   */
  public record Asker(String operator, Optional<String> force) {}

  /**
   * A key that configuration names and the ledger does not is next from now on.
   *
   * @param wanted which, if there are several
   * @param imported whether servers trusted it before this authority had it
   */
  public KeyOutcome add(KeyUse use, Optional<Fingerprint> wanted, boolean imported, Asker asker)
      throws LedgerUnavailable, IOException {
    List<SshPublicKey> fresh =
        around.reload().of(use).stream()
            .filter(key -> book.find(key.fingerprint()).isEmpty())
            .filter(key -> wanted.isEmpty() || wanted.get().equals(key.fingerprint()))
            .toList();
    if (fresh.size() != 1) {
      return fresh.isEmpty() ? noneToAdd(use, wanted) : severalToAdd(fresh);
    }
    SshPublicKey key = fresh.getFirst();
    Optional<KeyOutcome> taken = otherUse(key, use);
    if (taken.isPresent()) {
      return taken.get();
    }
    JsonObject.Builder details =
        JsonObject.builder()
            .put("by", asker.operator())
            .put("key", key.line())
            .put("use", use.keyName());
    if (imported) {
      details.put("origin", "imported");
    }
    return written(EntryKind.CA_KEY_ADDED, key.fingerprint(), details.build());
  }

  /** The key signs from now on; the one that did is retiring. */
  public KeyOutcome activate(Fingerprint fingerprint, Asker asker)
      throws LedgerUnavailable, IOException {
    Optional<StagedKey> known = book.find(fingerprint);
    if (known.isEmpty()) {
      return unknown(fingerprint);
    }
    StagedKey key = known.get();
    Optional<KeyOutcome> refusal = notToActivate(key);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    long since = namedSince(key).orElseThrow();
    List<HostName> without = around.without(since);
    Optional<Instant> learnt = learnt(key, since);
    if (asker.force().isEmpty() && !without.isEmpty()) {
      return new KeyOutcome.Refused(
          "%d of the servers that joined have not said that they have trust bundle %d: %s"
              .formatted(without.size(), since, some(without)),
          "wait for their next refresh, see daypassd ca list, or --force --reason TEXT");
    }
    if (asker.force().isEmpty() && learnt.isPresent()) {
      return new KeyOutcome.Refused(
          "people's machines learn of host CA keys when they log in: some may not know it before "
              + learnt.get(),
          "wait until then, or --force --reason TEXT");
    }
    JsonObject.Builder details =
        JsonObject.builder().put("by", asker.operator()).put("use", key.use().keyName());
    book.active(key.use())
        .ifPresent(elder -> details.put("replaces", elder.fingerprint().toString()));
    asker.force().ifPresent(why -> details.put("reason", why).put("forced", some(without)));
    return written(EntryKind.CA_KEY_ACTIVATED, fingerprint, details.build());
  }

  /**
   * The key is trusted no longer; the next trust bundle must leave it out.
   *
   * @param revoke what it signed is revoked with it
   */
  public KeyOutcome retire(Fingerprint fingerprint, boolean revoke, Asker asker)
      throws LedgerUnavailable {
    Optional<StagedKey> known = book.find(fingerprint);
    if (known.isEmpty()) {
      return unknown(fingerprint);
    }
    StagedKey key = known.get();
    if (key.stage() == KeyStage.ACTIVE) {
      return new KeyOutcome.Refused(
          "it is the active key for " + key.use().keyName(), "activate another one first");
    }
    if (revoke && key.use() == KeyUse.LEDGER) {
      return new KeyOutcome.Refused(
          "a ledger key is in no list of revoked keys", "retire it without --revoke");
    }
    long living = around.living(key);
    if (living > 0 && !revoke && asker.force().isEmpty()) {
      return new KeyOutcome.Refused(
          living + " certificates are alive that stand or fall with it",
          "wait until they have ended, or --revoke --reason TEXT, or --force --reason TEXT");
    }
    // First: from this entry on a bundle that names the key is refused.
    KeyOutcome outcome = retired(key, living, revoke, asker);
    Optional<String> left =
        revoke
            ? around.revoke(fingerprint, asker.operator(), asker.force().orElse("retired"))
            : Optional.empty();
    return left.isEmpty()
        ? outcome
        : new KeyOutcome.Refused(
            "it is retired, but not revoked: " + left.get(),
            "daypassd revoke --ca " + fingerprint + " --reason TEXT");
  }

  /** Since which trust bundle the key has been named without a break; empty if it is not now. */
  public Optional<Long> namedSince(StagedKey key) throws IOException {
    Optional<Long> since = Optional.empty();
    for (TrustBundle bundle : around.bundles().reversed()) {
      if (keys(bundle, key.use()).noneMatch(key.fingerprint()::equals)) {
        break;
      }
      since = Optional.of(bundle.number());
    }
    return since;
  }

  private KeyOutcome retired(StagedKey key, long living, boolean revoke, Asker asker)
      throws LedgerUnavailable {
    if (key.stage() == KeyStage.RETIRED) {
      return new KeyOutcome.Changed(key);
    }
    JsonObject.Builder details =
        JsonObject.builder()
            .put("by", asker.operator())
            .put("living", living)
            .put("use", key.use().keyName());
    if (revoke) {
      details.put("revoked", "yes");
    }
    asker.force().ifPresent(why -> details.put("reason", why));
    return written(EntryKind.CA_KEY_RETIRED, key.fingerprint(), details.build());
  }

  private Optional<KeyOutcome> notToActivate(StagedKey key) throws IOException {
    if (key.stage() == KeyStage.ACTIVE || key.stage() == KeyStage.RETIRED) {
      return Optional.of(
          new KeyOutcome.Refused(
              "it is " + key.stage().wireName() + " since " + key.since(),
              "see which keys there are: daypassd ca list"));
    }
    if (around.reload().of(key.use()).stream()
        .noneMatch(held -> held.fingerprint().equals(key.fingerprint()))) {
      return Optional.of(
          new KeyOutcome.Refused(
              "keys." + key.use().keyName() + " does not name it any more, so it cannot sign",
              "configure it where it is"));
    }
    return namedSince(key).isPresent()
        ? Optional.empty()
        : Optional.of(
            new KeyOutcome.Refused(
                "the published trust bundle does not name it, so no server trusts it",
                "daypassd bundle make --add, sign it, publish it, and wait for the servers"));
  }

  /** Until when machines may not have heard of a host CA key; empty if all have by now. */
  private Optional<Instant> learnt(StagedKey key, long since) throws LedgerUnavailable {
    if (key.use() != KeyUse.HOST_CA) {
      return Optional.empty();
    }
    return around
        .publishedAt(since)
        .map(at -> at.plus(login))
        .filter(then -> then.isAfter(clock.instant()));
  }

  /** DESIGN section 3: one key has one use. */
  private Optional<KeyOutcome> otherUse(SshPublicKey key, KeyUse use) throws IOException {
    TrustBundle newest = around.bundles().getLast();
    return Stream.of(KeyUse.values())
        .filter(other -> other != use)
        .filter(other -> keys(newest, other).anyMatch(key.fingerprint()::equals))
        .findFirst()
        .map(other ->
            new KeyOutcome.Refused(
                "the trust bundle names it as %s: one key would have two uses"
                    .formatted(other.keyName()),
                "make another key for " + use.keyName()));
  }

  private KeyOutcome written(EntryKind kind, Fingerprint key, JsonObject details)
      throws LedgerUnavailable {
    var _ = ledger.append(Draft.published(kind, details, PublicPart.caKey(key)));
    // The book has heard of it before this thread.
    return new KeyOutcome.Changed(book.find(key).orElseThrow());
  }

  private static Stream<Fingerprint> keys(TrustBundle bundle, KeyUse use) {
    List<SshPublicKey> keys =
        switch (use) {
          case USER_CA -> bundle.userCaKeys();
          case HOST_CA -> bundle.hostCaKeys();
          case LEDGER -> bundle.ledgerKeys();
          case CHANNEL -> bundle.channelKeys();
          case ROOT -> bundle.breakGlassKey().stream().toList();
        };
    return keys.stream().map(SshPublicKey::fingerprint);
  }

  private static KeyOutcome noneToAdd(KeyUse use, Optional<Fingerprint> wanted) {
    return new KeyOutcome.Refused(
        "keys."
            + use.keyName()
            + " names no "
            + wanted.map(key -> key + " ").orElse("")
            + "key that the ledger does not know",
        "name the new key beside the old one: a list of { file: … }, { agent: … } or { pkcs11: …"
            + " }");
  }

  private static KeyOutcome severalToAdd(List<SshPublicKey> fresh) {
    return new KeyOutcome.Refused(
        "there are several new keys: "
            + fresh.stream()
                .map(key -> key.fingerprint().toString())
                .collect(Collectors.joining(", ")),
        "say which, by --key FINGERPRINT");
  }

  private static KeyOutcome unknown(Fingerprint key) {
    return new KeyOutcome.Refused(
        "the ledger knows no key " + key, "see which there are: daypassd ca list");
  }

  private static String some(List<HostName> names) {
    String first =
        names.stream().limit(NAMED_SERVERS).map(HostName::text).collect(Collectors.joining(", "));
    return names.size() > NAMED_SERVERS
        ? first + " and " + (names.size() - NAMED_SERVERS) + " more"
        : first;
  }
}
