package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.custody.KrlFile;
import dev.daypass.custody.StateFolder;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.custody.remote.RemoteSigner;
import dev.daypass.fleet.HostDirectory;
import dev.daypass.fleet.host.HostRegistry;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.clock.LinuxClock;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.revocation.Revocations;
import dev.daypass.revocation.live.RevocationState;
import dev.daypass.revocation.publish.KrlService;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerLimits;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** What every use case stands on: the signers, what is durable, the ledger over both. */
record Foundation(
    DaypassConfig config,
    StateFolder state,
    Signer signer,
    ChannelSigner channel,
    Stores stores,
    Ledger ledger,
    RevocationState revoked,
    Clock clock,
    SecureRandom random) {
  static Foundation open(DaypassConfig config, StateFolder state, Exit exit, RunningParts parts)
      throws IOException, StoreFailed, SignerRefused, LedgerUnavailable {
    SecureRandom random = new SecureRandom();
    Signing signing = signing(config, parts);
    Stores stores = Stores.open(config, exit, parts);
    Ledger ledger =
        parts.started(
            Ledger.open(
                stores.ledger(),
                signing.signer(),
                config.ledger().origin(),
                LinuxClock.open(),
                random,
                exit::afterDoubtfulCommit));
    RevocationState revoked = RevocationState.open(ledger);
    return new Foundation(
        config,
        state,
        signing.signer(),
        signing.channel(),
        stores,
        ledger,
        revoked,
        Clock.systemUTC(),
        random);
  }

  /** The servers that joined, which the directory knows from now on. */
  HostRegistry servers(HostDirectory directory) throws StoreFailed {
    return HostRegistry.open(stores.hosts(), ledger, directory, clock, random);
  }

  /** Who revokes what removed servers hold. */
  RemovedHosts removedHosts(HostRegistry servers, Revocations revocations) {
    return new RemovedHosts(servers, revoked, revocations, clock);
  }

  /** Publishes what is revoked, once the first entries of this start are written. */
  KrlService krls(BooleanSupplier opened) {
    KrlFile file = new KrlFile(state.krl());
    return KrlService.start(ledger, revoked, channel, file, clock, opened);
  }

  /** The signer's port and the key that the daemon itself signs with. */
  private record Signing(Signer signer, ChannelSigner channel) {}

  private static Signing signing(DaypassConfig config, RunningParts parts) throws IOException {
    if (config.keys().signer().isPresent()) {
      RemoteSigner remote = parts.started(RemoteSigner.open(config.keys().signer().get()));
      SshSigner channel = OpenedKeys.channel(config.keys(), remote.keys(), parts);
      return new Signing(remote, new ChannelSigner(channel));
    }
    OpenedKeys keys = OpenedKeys.of(config.keys(), parts);
    return new Signing(signer(config, keys, parts), new ChannelSigner(keys.channel()));
  }

  private static LocalSigner signer(DaypassConfig config, OpenedKeys keys, RunningParts parts)
      throws IOException {
    TwoSlotHeadFile head = parts.started(TwoSlotHeadFile.open(config.ledger().head()));
    SignerLimits limits =
        SignerLimits.ofLifetimes(
            config.limits().certificateLifetime(), config.limits().hostCertificateLifetime());
    return LocalSigner.open(keys.signing(), limits, head);
  }
}
