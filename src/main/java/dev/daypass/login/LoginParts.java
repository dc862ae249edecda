package dev.daypass.login;

import dev.daypass.identity.IdentityRegistry;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.login.open.DueLogins;
import dev.daypass.login.open.Endings;
import dev.daypass.login.open.LiveCertificates;
import dev.daypass.login.open.LoginEntries;
import dev.daypass.login.open.OpenLogins;
import dev.daypass.login.pending.Binds;
import dev.daypass.login.pending.Consents;
import dev.daypass.login.pending.PendingLogins;
import dev.daypass.login.pending.SignIns;
import dev.daypass.login.pending.Starts;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.store.LoginStore;
import dev.daypass.login.store.TokenSealer;
import dev.daypass.ssh.SshPublicKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What logins stand on, and how their parts are put together from it.
 *
 * @param keyScreen why a key may stand for nobody, if it may not
 * @param random must be cryptographically strong
 */
public record LoginParts(
    LoginStore store,
    TokenSealer sealer,
    SignInProviders providers,
    IdentityRegistry registry,
    Ledger ledger,
    RefusalLog refusals,
    Function<SshPublicKey, Optional<Reason>> keyScreen,
    LoginRules rules,
    InstantSource clock,
    RandomGenerator random) {
  /** All of it, with no login on its way. */
  public LoginDesk assemble() {
    PendingLogins pending = new PendingLogins(clock);
    SignIns.Chance chance = new SignIns.Chance(clock, random);
    LoginEntries entries = new LoginEntries(ledger);
    LiveCertificates live = new LiveCertificates(ledger, clock);
    Endings endings = new Endings(store, entries, live, clock);
    OpenLogins open = new OpenLogins(store, sealer, providers, registry, endings, rules, clock);
    return new LoginDesk(
        new Starts(pending, store, keyScreen, rules, providers, chance),
        new SignIns(pending, providers, store, refusals, rules, chance),
        new Consents(pending, store, registry, entries, refusals, chance),
        new Binds(pending, store, sealer, entries, refusals, new Binds.Terms(clock, rules)),
        open,
        new DueLogins(store, open, endings, live));
  }
}
