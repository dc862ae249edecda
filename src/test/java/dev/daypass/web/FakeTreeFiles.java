package dev.daypass.web;

import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.tile.TilePath;
import dev.daypass.web.audit.TreeFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** A published ledger of 70,000 entries; each tile says its own path. */
final class FakeTreeFiles implements TreeFiles {
  static final TreeSize SIZE = new TreeSize(70_000);

  boolean unreadable;
  Supplier<String> checkpoint =
      () ->
          """
          ca.example.com/daypass
          7
          47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

          — ca.example.com/daypass UkVBRE1F
          """;

  @Override
  public Optional<String> checkpoint() {
    return Optional.of(checkpoint.get());
  }

  @Override
  public Optional<Bytes> file(TilePath path) throws IOException {
    if (unreadable) {
      throw new IOException("injected");
    }
    return path.existsIn(SIZE) ? Optional.of(Bytes.ofUtf8(path.path())) : Optional.empty();
  }
}
