package dev.daypass.custody.token;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The PKCS#11 modules of this process, each loaded once. Not for sharing between threads. */
public final class Tokens {
  private final Map<Path, TokenModule> modules = new HashMap<>();

  TokenModule module(Path path) throws IOException {
    TokenModule known = modules.get(path);
    if (known != null) {
      return known;
    }
    try {
      TokenModule loaded = TokenModule.load(path);
      modules.put(path, loaded);
      return loaded;
    } catch (TokenFailed e) {
      throw new IOException(path + " cannot be used as a PKCS#11 module: " + e.getMessage(), e);
    }
  }
}
