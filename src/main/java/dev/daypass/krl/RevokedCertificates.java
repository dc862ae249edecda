package dev.daypass.krl;

import dev.daypass.cert.KeyId;
import dev.daypass.cert.Serial;
import dev.daypass.ssh.SshPublicKey;
import java.util.Comparator;
import java.util.List;

/**
 * The revoked certificates of one CA key (PROTOCOL.krl, section 4).
 *
 * @param caKey always named: a section without one would revoke by serial under every CA
 * @param keyIds matched by sshd as a whole and by exact bytes; kept sorted, each once
 */
public record RevokedCertificates(SshPublicKey caKey, SerialSet serials, List<KeyId> keyIds) {
  public RevokedCertificates {
    keyIds = keyIds.stream().distinct().sorted(Comparator.comparing(KeyId::text)).toList();
    for (KeyId keyId : keyIds) {
      if (keyId.text().isEmpty() || keyId.text().indexOf('\0') >= 0) {
        // sshd reads key IDs as C strings: "alice" would also revoke "alice\0".
        throw new IllegalArgumentException("a key ID is empty or holds a NUL");
      }
    }
  }

  boolean isEmpty() {
    return serials.isEmpty() && keyIds.isEmpty();
  }

  boolean revokes(Serial serial, KeyId keyId) {
    return serials.contains(serial) || keyIds.contains(keyId);
  }
}
