package dev.daypass.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** OpenSSH's published test vectors; the README beside them names their source. */
public final class OpenSshVectors {
  private OpenSshVectors() {}

  public static String text(String name) {
    try (InputStream in = OpenSshVectors.class.getResourceAsStream("openssh/" + name)) {
      if (in == null) {
        throw new AssertionError("no vector " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
