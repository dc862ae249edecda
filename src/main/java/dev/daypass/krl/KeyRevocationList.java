package dev.daypass.krl;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * An OpenSSH key revocation list (PROTOCOL.krl). An empty one is valid and revokes nothing; its
 * file is never empty, which sshd would take for a list that revokes nothing for ever.
 *
 * @param version rises with each list; unsigned
 * @param generatedAt in whole seconds
 * @param comment for those who look at the file
 * @param certificates one for each CA key at most, sorted by it, none empty
 * @param keys fingerprints of plain keys, subject or CA; a revoked CA key revokes all that it
 *     signed
 */
public record KeyRevocationList(
    long version,
    Instant generatedAt,
    String comment,
    List<RevokedCertificates> certificates,
    List<Fingerprint> keys) {

  public KeyRevocationList {
    generatedAt = generatedAt.truncatedTo(ChronoUnit.SECONDS);
    certificates =
        certificates.stream()
            .filter(section -> !section.isEmpty())
            .sorted(Comparator.comparing(section -> section.caKey().blob()))
            .toList();
    if (certificates.stream().map(RevokedCertificates::caKey).distinct().count()
        != certificates.size()) {
      throw new IllegalArgumentException("a CA key has two sections");
    }
    keys = keys.stream().distinct().sorted(Comparator.comparing(Fingerprint::sha256)).toList();
  }

  /** Whether sshd refuses this certificate by this list. */
  public boolean revokes(Certificate certificate) {
    CertificateContent content = certificate.content();
    return revokes(content.publicKey())
        || revokes(content.caKey())
        || certificates.stream()
            .filter(section -> section.caKey().equals(content.caKey()))
            .anyMatch(section -> section.revokes(content.serial(), content.keyId()));
  }

  /** Whether sshd refuses this plain key by this list. */
  public boolean revokes(SshPublicKey key) {
    return keys.contains(key.fingerprint());
  }

  /** The file's content; equal lists have equal bytes. */
  public Bytes encode() {
    return KrlCodec.encode(this);
  }

  /**
   * Reads a list in the one form in which {@link #encode} writes it.
   *
   * @throws KrlFormatException for every other input, lists of other tools among them
   */
  public static KeyRevocationList decode(Bytes file) throws KrlFormatException {
    return KrlCodec.decode(file);
  }
}
