package dev.daypass.custody;

import dev.daypass.fleet.BundleFormatException;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The layout of the daemon's state folder, mode 0700, as {@code init} makes it.
 *
 * <pre>
 * keys/            user-ca host-ca ledger channel, each with .pub; logins, which seals tokens
 * offline/root     the root key; it goes away after init, its public half stays as root.pub
 * bundles/N        trust bundle N with its signature
 * handovers/N     the checkpoint of size N, signed by the ledger key before and the one after
 * copies/          how far each copy of the published ledger is, and each target of events
 * lost             entries that came back without details, until the ledger tells of them
 * previous.checkpoint  where the ledger ended that this one replaces
 * krl              the newest KRL with its signature, while there is no newer one
 * operator.sock    where a running daemon takes the operator's commands
 * </pre>
 */
public record StateFolder(Path path) {
  /** Requires the folder to be there and closed to others. */
  public static StateFolder open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new NoSuchFileException(path.toString(), null, "no state folder; run daypassd init");
    }
    PrivateFile.requirePrivate(path);
    return new StateFolder(path);
  }

  /** The folder of the keys that stay on this machine. */
  public Path keys() {
    return path.resolve("keys");
  }

  /** The key that seals refresh tokens; a daemon makes it at its first start. */
  public Path loginSealingKey() {
    return keys().resolve("logins");
  }

  /** Where {@code init} leaves the root key for the operator to take away. */
  public Path offlineRootKey() {
    return path.resolve("offline").resolve("root");
  }

  /** The root key's public half, which stays. */
  public Path rootPublicKey() {
    return path.resolve("root.pub");
  }

  /** The root key's public half, by which this authority is known. */
  public SshPublicKey rootKey() throws IOException {
    try {
      return SshPublicKey.parse(Files.readString(rootPublicKey(), StandardCharsets.UTF_8));
    } catch (SshFormatException e) {
      throw new IOException(rootPublicKey() + " is no public key: " + e.getMessage(), e);
    }
  }

  /** The operator's socket of a running daemon. */
  public Path operatorSocket() {
    return path.resolve("operator.sock");
  }

  /** The newest KRL with its signature. */
  public Path krl() {
    return path.resolve("krl");
  }

  /** How far the copy of the ledger in that place is; places are told apart by a hash. */
  public Path copyPosition(String place) {
    return path.resolve("copies").resolve(Bytes.ofUtf8(place).sha256().hex().substring(0, 16));
  }

  /** The checkpoints that two ledger keys have signed. */
  public HandOverFolder handOvers() {
    return new HandOverFolder(path.resolve("handovers"));
  }

  /** What a recovery brought back without details, until the ledger tells of it. */
  public LossFile loss() {
    return new LossFile(path.resolve("lost"));
  }

  /** The last checkpoint of the ledger that this one replaces, if it replaces one. */
  public Path previousCheckpoint() {
    return path.resolve("previous.checkpoint");
  }

  /** The trust bundle of that number. */
  public Path bundle(long number) {
    return path.resolve("bundles").resolve(Long.toString(number));
  }

  /**
   * Keeps a trust bundle; whole and durable on return. One that is there stays if it is the same.
   *
   * @throws IOException also if there is another one of that number
   */
  public void addBundle(SignedTrustBundle signed) throws IOException {
    Path file = bundle(signed.bundle().number());
    if (Files.exists(file)) {
      if (!Files.readString(file, StandardCharsets.UTF_8).equals(signed.text())) {
        throw new IOException(file + " is there, and another bundle");
      }
      return;
    }
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(whole);
    PrivateFile.createReadable(whole, signed.text());
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    PrivateFile.syncFolder(file.resolveSibling(""));
  }

  /** The trust bundle with the highest number. */
  public SignedTrustBundle newestBundle() throws IOException {
    return read(bundle(bundleNumbers().getLast()));
  }

  /** Every trust bundle that was ever made, in the order of their numbers; at least one. */
  public List<SignedTrustBundle> bundles() throws IOException {
    List<SignedTrustBundle> bundles = new ArrayList<>();
    for (long number : bundleNumbers()) {
      bundles.add(read(bundle(number)));
    }
    return bundles;
  }

  private static SignedTrustBundle read(Path file) throws IOException {
    try {
      return SignedTrustBundle.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (BundleFormatException e) {
      throw new IOException(file + " is no trust bundle: " + e.getMessage(), e);
    }
  }

  private List<Long> bundleNumbers() throws IOException {
    try (Stream<Path> files = Files.list(path.resolve("bundles"))) {
      List<Long> numbers =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("[1-9][0-9]{0,17}"))
              .map(Long::valueOf)
              .sorted()
              .toList();
      if (numbers.isEmpty()) {
        throw new NoSuchFileException(path.resolve("bundles").toString(), null, "it is empty");
      }
      return numbers;
    }
  }
}
