package dev.daypass.fleet;

import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What servers trust, as the root key hands it to them (DESIGN section 3).
 *
 * <p>{@link #text()} is lines of a name, a space and a value, so that a shell needs no parser; the
 * names come in this order, one line for each key, witness line and mode:
 *
 * <pre>
 * daypass-trust-bundle-v1
 * number 1
 * valid-until 2027-11-21T01:13:00Z
 * when-expired close
 * origin ca.example.com/daypass
 * user-ca ssh-ed25519 AAAA…
 * host-ca ssh-ed25519 AAAA…
 * ledger ssh-ed25519 AAAA…
 * channel ssh-ed25519 AAAA…
 * break-glass ssh-ed25519 AAAA…
 * witness-policy quorum none
 * mode file
 * mode proof
 * </pre>
 *
 * @param number rises from bundle to bundle, from 1; a server never goes back to a lower one
 * @param validUntil in whole seconds; afterwards the bundle is too old to be taken up
 * @param whenExpired what a server does then that has got no newer one; the line stands only where
 *     it is to close
 * @param ledgerOrigin the one ledger that these CA keys belong to
 * @param breakGlassKey signs emergency certificates that no ledger knows
 * @param modes the modes that a server may be in
 */
public record TrustBundle(
    long number,
    Instant validUntil,
    WhenExpired whenExpired,
    String ledgerOrigin,
    List<SshPublicKey> userCaKeys,
    List<SshPublicKey> hostCaKeys,
    List<SshPublicKey> ledgerKeys,
    List<SshPublicKey> channelKeys,
    Optional<SshPublicKey> breakGlassKey,
    WitnessPolicy witnessPolicy,
    Set<ServerMode> modes) {
  static final int MAX_KEYS = 16;

  /** An origin is also the name of a C2SP note key: no space, no plus. */
  private static final Pattern ORIGIN = Pattern.compile("[!-*,-~]{1,255}");

  /** Years of four digits only, so that times compare as text. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  public TrustBundle {
    userCaKeys = List.copyOf(userCaKeys);
    hostCaKeys = List.copyOf(hostCaKeys);
    ledgerKeys = List.copyOf(ledgerKeys);
    channelKeys = List.copyOf(channelKeys);
    modes = Set.copyOf(modes);
    if (number < 1 || !isWholeSecond(validUntil) || !isInYears(validUntil)) {
      throw new IllegalArgumentException("numbered from 1, valid until a whole second");
    }
    if (!ORIGIN.matcher(ledgerOrigin).matches()) {
      throw new IllegalArgumentException("an origin is 1 to 255 ASCII characters, no space or +");
    }
    requireKeys(userCaKeys, hostCaKeys, ledgerKeys, channelKeys);
    requireOneUseEach(
        Stream.of(userCaKeys, hostCaKeys, ledgerKeys, channelKeys, breakGlassKey.stream().toList())
            .flatMap(List::stream)
            .toList());
    if (modes.isEmpty()) {
      throw new IllegalArgumentException("a server is in exactly one mode: name those allowed");
    }
  }

  /** A bundle after whose end servers go on with what they have. */
  public TrustBundle(
      long number,
      Instant validUntil,
      String ledgerOrigin,
      List<SshPublicKey> userCaKeys,
      List<SshPublicKey> hostCaKeys,
      List<SshPublicKey> ledgerKeys,
      List<SshPublicKey> channelKeys,
      Optional<SshPublicKey> breakGlassKey,
      WitnessPolicy witnessPolicy,
      Set<ServerMode> modes) {
    this(
        number,
        validUntil,
        WhenExpired.KEEP,
        ledgerOrigin,
        userCaKeys,
        hostCaKeys,
        ledgerKeys,
        channelKeys,
        breakGlassKey,
        witnessPolicy,
        modes);
  }

  /** Parses exactly what {@link #text()} makes. */
  public static TrustBundle parse(String text) throws BundleFormatException {
    return new BundleParser(text).parse();
  }

  /** The signed text. */
  public String text() {
    return BundleText.of(this);
  }

  private static boolean isWholeSecond(Instant instant) {
    return instant.equals(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  private static boolean isInYears(Instant instant) {
    return !instant.isBefore(Instant.EPOCH) && !instant.isAfter(LAST);
  }

  @SafeVarargs
  private static void requireKeys(List<SshPublicKey>... uses) {
    for (List<SshPublicKey> keys : uses) {
      if (keys.isEmpty() || keys.size() > MAX_KEYS) {
        throw new IllegalArgumentException("1 to 16 keys for each use");
      }
    }
  }

  /** A key with two uses would let one kind of signature pass for another. */
  private static void requireOneUseEach(List<SshPublicKey> keys) {
    if (new HashSet<>(keys).size() != keys.size()) {
      throw new IllegalArgumentException("a key has one use and stands once");
    }
  }
}
