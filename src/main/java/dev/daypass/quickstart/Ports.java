package dev.daypass.quickstart;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The loopback ports of one quickstart, chosen once and kept in its state folder: the identity
 * provider's is part of its issuer's name, and so of every identity.
 */
record Ports(int provider, int api, int metrics, int sshd) {
  private static final String FILE = "ports";

  static Ports keptIn(Path state) throws IOException {
    Path file = state.resolve(FILE);
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        kept.load(in);
      }
    }
    Ports ports =
        new Ports(
            port(kept, "provider"), port(kept, "api"), port(kept, "metrics"), port(kept, "sshd"));
    try (Writer out = Files.newBufferedWriter(file)) {
      kept.store(out, "Loopback ports of this quickstart");
    }
    return ports;
  }

  private static int port(Properties kept, String name) throws IOException {
    if (kept.getProperty(name) == null) {
      kept.setProperty(name, Integer.toString(Loopback.freePort()));
    }
    return Integer.parseInt(kept.getProperty(name));
  }
}
