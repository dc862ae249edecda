package dev.daypass.config.value;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A file with a secret in it, which nobody but its owner can read. */
final class SecretFile {
  private static final int MAX_BYTES = 64 * 1024;
  private static final Set<PosixFilePermission> FOREIGN =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final boolean credential;

  /**
   * @param credential whether systemd put it there: then its group bits are the mask of the ACL
   *     that lets the daemon's own user in, and its folder keeps everybody else out
   */
  SecretFile(Path path, boolean credential) {
    this.path = path;
    this.credential = credential;
  }

  /** What speaks against using it, with the remedy; empty where nothing does. */
  Optional<Fault> fault() {
    try {
      if (!Files.isRegularFile(path)) {
        return Optional.of(new Fault("there is no file " + path, "create it with mode 0600"));
      }
      Set<PosixFilePermission> foreign = EnumSet.copyOf(FOREIGN);
      if (credential) {
        foreign.remove(PosixFilePermission.GROUP_READ);
      }
      foreign.retainAll(Files.getPosixFilePermissions(path));
      if (!foreign.isEmpty()) {
        return Optional.of(new Fault("others can read or change " + path, "chmod 0600 " + path));
      }
      if (!Files.isReadable(path)) {
        return Optional.of(unreadable());
      }
      return Files.size(path) > MAX_BYTES
          ? Optional.of(new Fault(path + " is too large for a secret", "name the right file"))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.of(unreadable());
    }
  }

  /** The secret without the line break at its end. */
  Secret read() throws SecretUnusable {
    Optional<Fault> fault = fault();
    if (fault.isPresent()) {
      throw new SecretUnusable(fault.get());
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().stripTrailing();
      if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
        throw new SecretUnusable(
            new Fault(path + " does not hold one line of text", "write the secret alone into it"));
      }
      return Secret.of(text);
    } catch (CharacterCodingException _) {
      throw new SecretUnusable(new Fault(path + " is not UTF-8 text", "write it as text"));
    } catch (NoSuchFileException _) {
      throw new SecretUnusable(new Fault("there is no file " + path, "create it with mode 0600"));
    } catch (IOException _) {
      throw new SecretUnusable(unreadable());
    }
  }

  private Fault unreadable() {
    return new Fault(path + " cannot be read", "let the daemon's user own it");
  }

  /** Why a secret cannot be used; never holds any of it. */
  record Fault(String message, String remedy) {}

  /** Thrown by {@link #read}. */
  static final class SecretUnusable extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    SecretUnusable(Fault fault) {
      super(fault.message());
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }
}
