package dev.daypass;

import dev.daypass.config.ConfigReader;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.custody.TwoSlotHeadFile;
import dev.daypass.custody.remote.RemoteSigner;
import dev.daypass.fleet.key.KeyBook;
import dev.daypass.fleet.key.StagedKey;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.PublicKeys;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerKeys;
import dev.daypass.signer.SignerLimits;
import dev.daypass.signer.SignerRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The signer's port over the keys that the configuration names, here or in the process of a
 * separate signer, and how they are looked for again while it runs.
 */
final class SigningKeys {
  private final Signer signer;
  private final ChannelSigner channel;
  private final Again again;

  private SigningKeys(Signer signer, ChannelSigner channel, Again again) {
    this.signer = signer;
    this.channel = channel;
    this.again = again;
  }

  /** Looks for keys that are configured by now. */
  @FunctionalInterface
  private interface Again {
    void look(KeyBook book) throws IOException, SignerRefused;
  }

  static SigningKeys open(DaypassConfig config, RunningParts parts) throws IOException {
    KeyRing ring = new KeyRing(parts);
    if (config.keys().signer().isPresent()) {
      RemoteSigner remote = parts.started(RemoteSigner.open(config.keys().signer().get()));
      return new SigningKeys(remote, channel(config, remote, ring), _ -> remote.refresh());
    }
    LocalSigner local = local(config, OpenedKeys.signing(config.keys(), ring), parts);
    return new SigningKeys(
        local, channel(config, local, ring), book -> local.hold(reopened(config, ring, book)));
  }

  Signer signer() {
    return signer;
  }

  ChannelSigner channel() {
    return channel;
  }

  /** Reads the configuration again, and answers the keys that the signer holds by now. */
  PublicKeys reload(KeyBook book) throws IOException {
    try {
      again.look(book);
      return signer.keys();
    } catch (SignerRefused e) {
      throw new IOException("the signer does not say which keys it holds", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ChannelSigner channel(DaypassConfig config, Signer signer, KeyRing ring)
      throws IOException {
    return new ChannelSigner(OpenedKeys.channel(config.keys(), signer.keys(), ring));
  }

  /** Nothing is let go of that signs. */
  private static SignerKeys reopened(DaypassConfig config, KeyRing ring, KeyBook book)
      throws IOException {
    DaypassConfig now = reread(config);
    SignerKeys others = OpenedKeys.signing(now.keys(), ring);
    Optional<StagedKey> missing = book.missingFrom(others.publicKeys());
    if (missing.isPresent()) {
      throw new IOException(
          "keys.%s does not name the active key, %s"
              .formatted(missing.get().use().keyName(), missing.get().fingerprint()));
    }
    var _ = OpenedKeys.channel(now.keys(), others.publicKeys(), ring);
    return others;
  }

  private static DaypassConfig reread(DaypassConfig config) throws IOException {
    Optional<Path> credentials =
        Optional.ofNullable(System.getenv("CREDENTIALS_DIRECTORY")).map(Path::of);
    try {
      return new ConfigReader(credentials).read(config.file(), Optional.of(config.state()));
    } catch (ConfigInvalid e) {
      throw new IOException(config.file() + " has faults; see daypassd check", e);
    }
  }

  private static LocalSigner local(DaypassConfig config, SignerKeys keys, RunningParts parts)
      throws IOException {
    TwoSlotHeadFile head = parts.started(TwoSlotHeadFile.open(config.ledger().head()));
    SignerLimits limits =
        SignerLimits.ofLifetimes(
            config.limits().certificateLifetime(), config.limits().hostCertificateLifetime());
    return LocalSigner.open(keys, limits, head);
  }
}
