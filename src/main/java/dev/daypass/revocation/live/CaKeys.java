package dev.daypass.revocation.live;

import dev.daypass.cert.Serial;
import dev.daypass.krl.RevokedCertificates;
import dev.daypass.krl.SerialSet;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The CA keys of this authority, present and past, as {@code ca.key.added} names them; and what of
 * each is revoked. Guarded by itself.
 */
final class CaKeys {
  private final Map<Fingerprint, SshPublicKey> keys = new HashMap<>();

  /** An entry whose key cannot be read is passed over: what it signed is revoked under all. */
  synchronized void add(JsonObject details) {
    try {
      Optional<String> line = details.text("key");
      if (line.isPresent()) {
        SshPublicKey key = SshPublicKey.parse(line.get());
        keys.put(key.fingerprint(), key);
      }
    } catch (SshFormatException _) {
      return;
    }
  }

  synchronized boolean knows(Fingerprint key) {
    return keys.containsKey(key);
  }

  /**
   * A section for each key. A serial whose CA key is not known stands under every one: a serial
   * belongs to one entry, so this refuses nobody else.
   */
  synchronized List<RevokedCertificates> sections(Collection<LiveCertificate> revoked) {
    Map<Fingerprint, List<Serial>> serials = new HashMap<>();
    for (LiveCertificate certificate : revoked) {
      Optional<Fingerprint> signer = certificate.caKey().filter(keys::containsKey);
      for (Fingerprint key : signer.map(List::of).orElse(List.copyOf(keys.keySet()))) {
        serials
            .computeIfAbsent(key, _ -> new ArrayList<>())
            .add(new Serial(certificate.serial().value()));
      }
    }
    List<RevokedCertificates> sections = new ArrayList<>();
    keys.forEach((fingerprint, key) -> {
      List<Serial> of = serials.getOrDefault(fingerprint, List.of());
      if (!of.isEmpty()) {
        sections.add(new RevokedCertificates(key, SerialSet.of(of), List.of()));
      }
    });
    return sections;
  }
}
