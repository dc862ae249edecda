package dev.daypass;

import dev.daypass.config.ConfigReader;
import dev.daypass.config.DaypassConfig;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.keys.KeyConfig;
import dev.daypass.custody.KeyCeremony;
import dev.daypass.custody.KeyCeremonyPlan;
import dev.daypass.custody.KeyCeremonyRefused;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.SignedTrustBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshPublicKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one certificate authority, as {@code daypassd init} and an operator make them:
 * {@code daypass.yaml}, {@code policy.yaml}, the state folder and the head. A daemon is started on
 * them in this process ({@link TestCa}) or in its own ({@link DaemonProcess}).
 */
public record CaFiles(Path configFile, int port, DaypassConfig config) {
  /** The origin of every ledger of the tests. */
  public static final String ORIGIN = "test.invalid/daypass";

  /** Below the range from which the kernel takes ports for clients: nobody takes one meanwhile. */
  private static final int FIRST_PORT = 10_000;

  private static final int PORTS = 20_000;

  private static final String MANY_CERTIFICATES =
      "certificates:"
          + " { per-identity: 9999/s, per-key: 9999/s, per-address: 9999/s, together: 9999/s }\n";

  /**
   * What is written in {@code daypass.yaml} besides addresses and paths.
   *
   * @param identity the entries below the key {@code identity}
   * @param hosts the content of the key {@code hosts}
   * @param limits the content of the key {@code limits}
   * @param login the content of the key {@code login}, or nothing
   */
  public record Settings(
      String identity, String hosts, String limits, String login, String policy, KeySetup keys) {}

  /** What an operator does about keys before {@code init}. */
  @FunctionalInterface
  public interface KeySetup {
    /** As {@code init} makes them. */
    KeySetup NONE = _ -> new Keys("", Map.of());

    /** Makes keys, files of which may lie in this folder, which is not the state folder. */
    Keys in(Path folder) throws IOException;
  }

  /**
   * Keys that were made before {@code init}.
   *
   * @param yaml the content of the key {@code keys}
   */
  public record Keys(String yaml, Map<KeyUse, SshPublicKey> present) {}

  /**
   * Performs the key ceremony and writes the configuration.
   *
   * @param folder an empty folder of mode 0700
   * @param head where the signer's head is to lie
   */
  public static CaFiles make(Path folder, Path head, Settings settings) throws IOException {
    Path state = folder.resolve("state");
    Keys keys = settings.keys().in(folder);
    try {
      KeyCeremonyPlan plan = KeyCeremonyPlan.withDefaults(state, head, ORIGIN, Instant.now());
      var _ = KeyCeremony.perform(with(keys, plan));
    } catch (KeyCeremonyRefused e) {
      throw new IOException(e);
    }
    int port = freePort();
    Files.writeString(folder.resolve("policy.yaml"), settings.policy());
    Path configFile = folder.resolve("daypass.yaml");
    Files.writeString(
        configFile,
        """
        url: http://127.0.0.1:%d
        listen: { api: 127.0.0.1:%d, metrics: 127.0.0.1:%d, insecure-plain-http: loopback }
        state: %s
        ledger: { origin: %s, head: %s }
        policy: %s
        identity:
        %shosts:
        %slimits:
        %s%s%s\
        """
            .formatted(
                port,
                port,
                freePort(),
                state,
                ORIGIN,
                head,
                folder.resolve("policy.yaml"),
                settings.identity().indent(2),
                settings.hosts().indent(2),
                limits(settings).indent(2),
                settings.login().isEmpty() ? "" : "login:\n" + settings.login().indent(2),
                keys.yaml().isEmpty() ? "" : "keys:\n" + keys.yaml().indent(2)));
    return new CaFiles(configFile, port, read(configFile));
  }

  /** A test asks for more certificates than people do, unless it is about just that. */
  private static String limits(Settings settings) {
    return settings.limits().contains("certificates:")
        ? settings.limits()
        : MANY_CERTIFICATES + settings.limits();
  }

  private static KeyCeremonyPlan with(Keys keys, KeyCeremonyPlan plan) {
    Map<KeyUse, SshPublicKey> present = keys.present();
    Map<KeyUse, Path> made = new EnumMap<>(plan.keys());
    made.keySet().removeAll(present.keySet());
    return new KeyCeremonyPlan(
        plan.state(),
        made,
        present,
        keys.yaml().contains("signer:") ? Optional.empty() : plan.headFile(),
        plan.origin(),
        plan.modes(),
        plan.now(),
        plan.bundleLifetime());
  }

  /** Another configuration, in another folder, that may name what this one names. */
  CaFiles in(Path otherFolder, String text) throws IOException {
    Path other = Files.writeString(otherFolder.resolve("daypass.yaml"), text);
    return new CaFiles(other, port, read(other));
  }

  /** Reads {@code daypass.yaml} again after a test has changed it. */
  CaFiles reread() {
    return new CaFiles(configFile, port, read(configFile));
  }

  public Path state() {
    return config.state();
  }

  /** The SQLite file of the ledger. */
  public Path store() {
    return config.store().sqlite();
  }

  /** The key that signs user certificates. */
  public SshPublicKey userCa() {
    return bundle().userCaKeys().getFirst();
  }

  /** The key that signs checkpoints. */
  public Ed25519PublicKey ledgerKey() {
    return (Ed25519PublicKey) bundle().ledgerKeys().getFirst();
  }

  /** The keys that ever signed user certificates: those that a bundle named. */
  public Set<SshPublicKey> userCas() {
    return bundles().flatMap(bundle -> bundle.userCaKeys().stream()).collect(Collectors.toSet());
  }

  /** The keys that ever signed checkpoints. */
  public Set<Ed25519PublicKey> ledgerKeys() {
    return bundles()
        .flatMap(bundle -> bundle.ledgerKeys().stream())
        .map(Ed25519PublicKey.class::cast)
        .collect(Collectors.toSet());
  }

  /** The private key file of that use. */
  public Path keyFile(KeyUse use) {
    return ((KeyConfig.InFile) key(use)).file();
  }

  /** Where the key of that use is kept. */
  public KeyConfig key(KeyUse use) {
    return switch (use) {
      case USER_CA -> config.keys().userCa();
      case HOST_CA -> config.keys().hostCa();
      case LEDGER -> config.keys().ledger();
      case CHANNEL -> config.keys().channel();
      case ROOT -> throw new AssertionError("the root key is in no configuration");
    };
  }

  private Stream<TrustBundle> bundles() {
    try {
      return StateFolder.open(state()).bundles().stream().map(SignedTrustBundle::bundle);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private TrustBundle bundle() {
    try {
      return StateFolder.open(state()).newestBundle().bundle();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static DaypassConfig read(Path configFile) {
    try {
      return new ConfigReader(Optional.empty()).read(configFile);
    } catch (ConfigInvalid e) {
      throw new AssertionError(e.problems().toString(), e);
    }
  }

  private static int freePort() {
    while (true) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException _) {
        // Somebody has it; another may be free.
      }
    }
  }
}
