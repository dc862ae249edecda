package dev.daypass.config.signer;

import dev.daypass.config.keys.KeyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The checked content of {@code signer.yaml}.
 *
 * @param socket where it is asked
 * @param client the one user of this machine who may ask
 * @param head its two-slot head file (DESIGN section 6)
 * @param certificateLifetime no user certificate lives longer
 * @param hostCertificateLifetime no host certificate lives longer
 */
public record SignerConfig(
    Path socket,
    String client,
    String origin,
    Path head,
    Keys keys,
    Duration certificateLifetime,
    Duration hostCertificateLifetime,
    Signatures signatures) {
  /** Where {@code daypassd signer} looks unless {@code --config} says otherwise. */
  public static final Path DEFAULT_FILE = Path.of("/etc/daypass/signer.yaml");

  /** The keys that it holds, one or more for each use. */
  public record Keys(List<KeyConfig> userCas, List<KeyConfig> hostCas, List<KeyConfig> ledgers) {
    public Keys {
      userCas = List.copyOf(userCas);
      hostCas = List.copyOf(hostCas);
      ledgers = List.copyOf(ledgers);
    }
  }

  /** How many signatures of each key a minute. */
  public record Signatures(int userCa, int hostCa, int ledger) {
    /** What holds where the file says nothing. */
    public static final Signatures DEFAULTS = new Signatures(60_000, 6_000, 60_000);
  }
}
