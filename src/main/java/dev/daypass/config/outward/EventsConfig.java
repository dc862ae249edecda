package dev.daypass.config.outward;

import dev.daypass.config.value.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** An item of {@code events}: a place that is told of each entry. */
public sealed interface EventsConfig {
  /** Whether it is told of what is written from now on only. */
  boolean fromNow();

  /** A file, an event a line. */
  record ToFile(Path file, boolean fromNow) implements EventsConfig {}

  /**
   * A receiver of syslog over TLS.
   *
   * @param authorities PEM certificates that vouch for it, those of the system where empty
   * @param client what we show it, if it asks who we are
   */
  record ToSyslog(
      String host,
      int port,
      Optional<Path> authorities,
      Optional<ClientPair> client,
      boolean fromNow)
      implements EventsConfig {}

  /** A webhook. */
  record ToWebhook(URI url, Secret secret, boolean fromNow) implements EventsConfig {}

  /** PEM files of a certificate chain and its private key. */
  record ClientPair(Path certificate, Path key) {}
}
