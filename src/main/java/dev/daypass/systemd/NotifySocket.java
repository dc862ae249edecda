package dev.daypass.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket that {@code NOTIFY_SOCKET} names (sd_notify(3)). */
final class NotifySocket implements Notifications {
  private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);

  private final byte[] address;

  private NotifySocket(byte[] address) {
    this.address = address;
  }

  /** Empty where no service manager listens, or by a kind of socket that this does not speak. */
  static Optional<Notifications> of(Map<String, String> environment) {
    String name = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (name.startsWith("/") || name.startsWith("@")) {
      byte[] address = name.getBytes(StandardCharsets.UTF_8);
      if (address.length <= UnixDatagram.MAX_ADDRESS_BYTES) {
        if (name.startsWith("@")) {
          address[0] = 0; // unix(7): an abstract address begins with NUL
        }
        return Optional.of(new NotifySocket(address));
      }
    }
    if (!name.isEmpty()) {
      LOG.warn("systemd is not told anything: NOTIFY_SOCKET is no Unix socket");
    }
    return Optional.empty();
  }

  @Override
  public void send(String assignments) {
    try {
      UnixDatagram.send(address, assignments.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("systemd was not told {}: {}", assignments.replace('\n', ' '), e.getMessage());
    }
  }
}
