package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.KnownHosts;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.host.HostRegistry;
import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.policy.host.HostName;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.api.Published;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What anyone may read, from where each part of it lives. */
record PublishedState(
    Supplier<PublicKeys> keys, BundleShelf bundles, DaypassConfig config, HostRegistry servers)
    implements Published {
  /** What is published stands in the ledger for good, so it must be the root's. */
  static SignedTrustBundle verifiedBundle(StateFolder state) throws IOException {
    SignedTrustBundle bundle = state.newestBundle();
    if (!bundle.verifies(state.rootKey())) {
      throw new IOException(
          "trust bundle "
              + bundle.bundle().number()
              + " is not signed by "
              + state.rootPublicKey());
    }
    return bundle;
  }

  /** Servers take up only what is signed by a channel key of their trust bundle. */
  static void requireNamed(SshPublicKey channel, SignedTrustBundle bundle) throws IOException {
    if (!bundle.bundle().channelKeys().contains(channel)) {
      throw new IOException(
          "keys.channel is "
              + channel.fingerprint()
              + ", which trust bundle "
              + bundle.bundle().number()
              + " does not name: servers would refuse every KRL. Configure the key that it names,"
              + " or publish a bundle that names this one");
    }
  }

  @Override
  public List<SshPublicKey> userCaKeys() {
    return activeFirst(keys.get().userCa(), bundles.newest().bundle().userCaKeys());
  }

  @Override
  public List<SshPublicKey> hostCaKeys() {
    return activeFirst(keys.get().hostCa(), bundles.newest().bundle().hostCaKeys());
  }

  /** Who trusts one of them shall trust the next one before it signs. */
  private static List<SshPublicKey> activeFirst(SshPublicKey active, List<SshPublicKey> trusted) {
    return Stream.concat(Stream.of(active), trusted.stream().filter(key -> !key.equals(active)))
        .toList();
  }

  @Override
  public Optional<String> bundle() {
    return Optional.of(bundles.newest().text());
  }

  @Override
  public String ledgerOrigin() {
    return config.ledger().origin();
  }

  @Override
  public String knownHosts() {
    return lines().text(joined());
  }

  @Override
  public String ownKnownHosts() {
    return KnownHosts.domainOf(URI.create(config.url()).getHost())
        .map(domain -> lines().textWithin(domain, joined()))
        .orElse("");
  }

  private KnownHosts lines() {
    return new KnownHosts(bundles.newest().bundle().hostCaKeys(), config.hosts().patterns());
  }

  private List<HostName> joined() {
    return servers.all().stream().map(JoinedHost::name).toList();
  }

  @Override
  public List<String> hostPatterns() {
    return config.hosts().patterns();
  }
}
