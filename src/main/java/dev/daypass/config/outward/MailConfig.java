package dev.daypass.config.outward;

import dev.daypass.config.value.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key {@code mail}: through which server mail goes.
 *
 * @param security how the way there is protected
 * @param authorities PEM certificates that vouch for the server, those of the system where empty
 */
public record MailConfig(
    String host,
    int port,
    Security security,
    Optional<Path> authorities,
    String from,
    Optional<Login> login) {
  /** How the way to the server is protected. */
  public enum Security {
    /** TLS begun by a command (RFC 3207); without it nothing is sent. */
    STARTTLS,
    /** TLS from the first byte (RFC 8314). */
    TLS,
    /** Nothing; on this machine only. */
    NONE
  }

  /** Who we are to the server. */
  public record Login(String user, Secret password) {}
}
