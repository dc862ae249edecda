package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import java.util.Optional;

/** The message hashes of PROTOCOL.sshsig section 3. */
public enum SshSigHash {
  SHA256("sha256"),
  SHA512("sha512");

  private final String wireName;

  SshSigHash(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  Bytes digest(Bytes message) {
    return switch (this) {
      case SHA256 -> message.sha256();
      case SHA512 -> message.sha512();
    };
  }

  static Optional<SshSigHash> ofWireName(String name) {
    for (SshSigHash hash : values()) {
      if (hash.wireName.equals(name)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }
}
