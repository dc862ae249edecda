package dev.daypass.systemd;

/** Where the service manager listens. */
@FunctionalInterface
interface Notifications {
  /**
   * Sends assignments, one a line, together; whether they arrive changes nothing for the sender.
   *
   * @param assignments as in sd_notify(3): {@code READY=1}
   */
  void send(String assignments);
}
