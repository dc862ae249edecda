package dev.daypass.config;

/**
 * The keys {@code listen} and {@code tls}: where the daemon answers, and how.
 *
 * @param transport what protects the API's listener
 */
public record ListenConfig(ListenAddress api, ListenAddress metrics, Transport transport) {}
