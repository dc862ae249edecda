package dev.daypass.fleet.session;

import dev.daypass.fleet.HourlyBudget;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.policy.host.HostName;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What servers say of certificates that they refused, kept for a day for the person to whom each
 * was granted and shown to nobody else. In memory alone: it helps to find a fault, and whoever
 * knocks must not fill the ledger.
 */
public final class RefusedLogins {
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int AN_HOUR = 500;
  private static final int PERSONS = 10_000;
  private static final int OF_A_PERSON = 20;

  private final Ledger ledger;
  private final InstantSource clock;
  private final HourlyBudget budget;

  /** Guarded by this; who was refused longest ago is first, and each one's newest refusal. */
  private final SequencedMap<IdentityId, List<RefusedLogin>> refused = new LinkedHashMap<>();

  public RefusedLogins(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.budget = new HourlyBudget(clock, AN_HOUR);
  }

  /** Takes a report of a joined server; false if it has reported too much in this hour. */
  public boolean report(RefusedLogin login) {
    if (!budget.spend(login.host())) {
      return false;
    }
    owner(login).ifPresent(owner -> keep(owner, login));
    return true;
  }

  /** What that server refused this identity in the last day, the newest first. */
  public synchronized List<RefusedLogin> of(IdentityId id, HostName host) {
    Instant since = clock.instant().minus(KEPT);
    return refused.getOrDefault(id, List.of()).stream()
        .filter(login -> login.host().equals(host) && login.at().isAfter(since))
        .toList();
  }

  private synchronized void keep(IdentityId owner, RefusedLogin login) {
    List<RefusedLogin> before = refused.remove(owner);
    List<RefusedLogin> all = new ArrayList<>(List.of(login));
    if (before != null) {
      // A report comes at least once.
      before.stream().filter(each -> !each.equals(login)).limit(OF_A_PERSON - 1).forEach(all::add);
    }
    refused.put(owner, List.copyOf(all));
    if (refused.size() > PERSONS) {
      var _ = refused.pollFirstEntry();
    }
  }

  /** To whom the ledger granted that serial; nobody if it did not, or cannot be read now. */
  private Optional<IdentityId> owner(RefusedLogin login) {
    if (login.serial().bits() < 0) {
      return Optional.empty();
    }
    try {
      EntryNumber number = new EntryNumber(login.serial().bits());
      boolean granted =
          ledger
              .entry(number)
              .map(Entry::kind)
              .filter(EntryKind.CERTIFICATE_GRANTED::equals)
              .isPresent();
      return granted ? ledger.details(number).flatMap(RefusedLogins::identity) : Optional.empty();
    } catch (LedgerUnavailable _) {
      return Optional.empty();
    }
  }

  private static Optional<IdentityId> identity(Bytes details) {
    try {
      Optional<JsonObject> identity = CanonicalJson.decodeObject(details).object("identity");
      Optional<String> issuer = identity.flatMap(object -> object.text("issuer"));
      Optional<String> subject = identity.flatMap(object -> object.text("subject"));
      return issuer.isPresent() && subject.isPresent()
          ? Optional.of(new IdentityId(issuer.get(), subject.get()))
          : Optional.empty();
    } catch (JsonFormatException _) {
      return Optional.empty();
    }
  }
}
