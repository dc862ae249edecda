package dev.daypass.custody;

import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.RsaHash;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A private key in an OpenSSH or PKCS#8 key file, mode 0600, its public half beside it as {@code
 * .pub}.
 */
public final class KeyFile {
  private static final int MAX_BYTES = 64 * 1024;

  private KeyFile() {}

  /**
   * Reads a key that only this user may read.
   *
   * @param passphraseFile a file with the passphrase on its only line, private like the key
   */
  public static SshSigner read(Path path, Optional<Path> passphraseFile) throws IOException {
    return unlock(
        path,
        passphraseFile.isPresent()
            ? Optional.of(passphrase(passphraseFile.get()))
            : Optional.empty());
  }

  /** The same with a passphrase that was typed; its characters are overwritten. */
  public static SshSigner unlock(Path path, Optional<char[]> passphrase) throws IOException {
    return unlock(path, passphrase, RsaHash.SHA512);
  }

  /** The same; an RSA key signs by that hash. */
  public static SshSigner unlock(Path path, Optional<char[]> passphrase, RsaHash rsaHash)
      throws IOException {
    try {
      return OpenSshPrivateKey.parse(text(path), passphrase).signingBy(rsaHash);
    } catch (SshFormatException e) {
      throw new IOException(
          path
              + " is not a usable private key: "
              + e.getMessage()
              + "; it must be an OpenSSH or PKCS#8 file (ssh-keygen -p -f FILE writes OpenSSH's)",
          e);
    } finally {
      passphrase.ifPresent(characters -> Arrays.fill(characters, '\0'));
    }
  }

  /** Where the public half of a key file lies. */
  public static Path publicHalf(Path path) {
    return path.resolveSibling(path.getFileName() + ".pub");
  }

  /**
   * Writes a private key.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is anything at that path
   */
  static void create(Path path, OpenSshPrivateKey key, String comment) throws IOException {
    create(path, key, comment, Optional.empty());
  }

  /** As {@link #create(Path, OpenSshPrivateKey, String)}, encrypted if there is a passphrase. */
  static void create(Path path, OpenSshPrivateKey key, String comment, Optional<char[]> passphrase)
      throws IOException {
    PrivateFile.create(path, key.encode(comment, passphrase).getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads a file that holds a public key as its one line, with or without a comment. */
  public static SshPublicKey readPublic(Path path) throws IOException {
    try {
      String line = Files.readString(path, StandardCharsets.UTF_8).strip();
      String[] words = line.split(" ", 3);
      if (words.length < 2 || line.lines().count() != 1) {
        throw new IOException(path + " must hold one public key as its only line");
      }
      return SshPublicKey.parse(words[0] + " " + words[1]);
    } catch (SshFormatException e) {
      throw new IOException(path + " is no public key: " + e.getMessage(), e);
    }
  }

  /** Writes a public key line. */
  static void createPublic(Path path, SshPublicKey key, String comment) throws IOException {
    PrivateFile.createReadable(path, key.line() + " " + comment + "\n");
  }

  /** Reads a file that holds a passphrase as its one line, private like a key. */
  public static char[] passphrase(Path path) throws IOException {
    String line = text(path).stripTrailing();
    if (line.isEmpty() || line.lines().count() != 1) {
      throw new IOException(path + " must hold the passphrase on its only line");
    }
    return line.toCharArray();
  }

  private static String text(Path path) throws IOException {
    PrivateFile.requirePrivate(path);
    if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
      throw new IOException(path + " is not a regular file of at most " + MAX_BYTES + " bytes");
    }
    return Files.readString(path, StandardCharsets.UTF_8);
  }
}
