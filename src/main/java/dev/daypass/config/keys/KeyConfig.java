package dev.daypass.config.keys;

import dev.daypass.config.value.Secret;
import dev.daypass.ssh.signature.RsaHash;
import java.nio.file.Path;
import java.util.Optional;

/** Where one private key is kept, and how it signs (DESIGN section 3, custody). */
public sealed interface KeyConfig {
  /** How the key signs if it is RSA. */
  RsaHash rsaHash();

  /** The file that holds its public half as one line. */
  Path publicHalf();

  /** What tells this key from others, as far as configuration shows. */
  String place();

  /**
   * In an OpenSSH or PKCS#8 key file.
   *
   * @param passphrase if the file is encrypted
   */
  record InFile(Path file, Optional<Secret> passphrase, RsaHash rsaHash) implements KeyConfig {
    @Override
    public Path publicHalf() {
      return file.resolveSibling(file.getFileName() + ".pub");
    }

    @Override
    public String place() {
      return file.toString();
    }
  }

  /**
   * In an ssh-agent.
   *
   * @param socket the agent's
   * @param publicHalf which of its keys it is
   */
  record InAgent(Path socket, Path publicHalf, RsaHash rsaHash) implements KeyConfig {
    @Override
    public String place() {
      return publicHalf.toString();
    }
  }

  /**
   * In a PKCS#11 token.
   *
   * @param module the shared library
   * @param token the token's label
   * @param key the private key's label
   * @param publicHalf the file of its public half
   * @param sessions how many signatures at once
   */
  record InToken(
      Path module,
      String token,
      String key,
      Path publicHalf,
      Secret pin,
      int sessions,
      RsaHash rsaHash)
      implements KeyConfig {
    @Override
    public String place() {
      return token + "/" + key;
    }
  }
}
