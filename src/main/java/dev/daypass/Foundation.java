package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.custody.KrlFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.HostDirectory;
import dev.daypass.fleet.host.HostRegistry;
import dev.daypass.fleet.key.HandOver;
import dev.daypass.fleet.key.KeyBook;
import dev.daypass.fleet.key.StagedSigner;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.clock.LinuxClock;
import dev.daypass.ledger.count.DayCounting;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.metrics.Meters;
import dev.daypass.revocation.Revocations;
import dev.daypass.revocation.live.RevocationState;
import dev.daypass.revocation.publish.KrlService;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.signer.SignerRefused;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** What every use case stands on: the signers, what is durable, the ledger over both. */
record Foundation(
    DaypassConfig config,
    StateFolder state,
    SigningKeys keys,
    StagedSigner signer,
    KeyBook book,
    Stores stores,
    Ledger ledger,
    RevocationState revoked,
    Meters meters,
    Clock clock,
    SecureRandom random) {
  static Foundation open(DaypassConfig config, StateFolder state, Exit exit, RunningParts parts)
      throws IOException, StoreFailed, SignerRefused, LedgerUnavailable {
    SecureRandom random = new SecureRandom();
    Meters meters = parts.started(new Meters());
    SigningKeys keys = SigningKeys.open(config, parts);
    Stores stores = Stores.open(config, exit, parts);
    KeyBook book = KeyBook.read(stores.ledger());
    StagedSigner signer = new StagedSigner(meters.timed(keys.signer()), book);
    signer.requireActive();
    Ledger ledger =
        parts.started(
            Ledger.open(
                meters.timed(stores.ledger()),
                signer,
                config.ledger().origin(),
                LinuxClock.open(),
                random,
                exit::afterDoubtfulCommit));
    HandOver.follow(ledger, book, signer, state.handOvers()::keep);
    ledger.follow(meters.entries());
    RevocationState revoked = RevocationState.open(ledger);
    return new Foundation(
        config,
        state,
        keys,
        signer,
        book,
        stores,
        ledger,
        revoked,
        meters,
        Clock.systemUTC(),
        random);
  }

  /** The key that the daemon itself signs with. */
  ChannelSigner channel() {
    return keys.channel();
  }

  /** The servers that joined, which the directory knows from now on. */
  HostRegistry servers(HostDirectory directory) throws StoreFailed {
    return HostRegistry.open(stores.hosts(), ledger, directory, clock, random);
  }

  /** Who revokes what removed servers hold. */
  RemovedHosts removedHosts(HostRegistry servers, Revocations revocations) {
    return new RemovedHosts(servers, revoked, revocations, clock);
  }

  /** Counts what each day brings, for charts. */
  DayCounting days() {
    return new DayCounting(stores.counts(), ledger::size, clock);
  }

  /** Publishes what is revoked, once the first entries of this start are written. */
  KrlService krls(BooleanSupplier opened) {
    KrlFile file = new KrlFile(state.krl());
    return KrlService.start(ledger, revoked, channel(), file, clock, opened);
  }
}
