package dev.daypass.e2e.host;

import dev.daypass.CaFiles;
import dev.daypass.SignerRun;
import dev.daypass.e2e.Command;
import dev.daypass.signer.KeyUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Where the keys lie that take the place of each other, and who is told of new ones. */
sealed interface KeyShelf {
  /** The folder of the keys. */
  Path keys();

  /** The file whose last part, {@code keys:}, names them. */
  Path configuration();

  /** What an operator does once the file names another key. */
  void namedAnother() throws IOException, InterruptedException;

  /** Below the daemon's own folder; {@code ca add} has it read its configuration again. */
  record OfDaemon(CaFiles files) implements KeyShelf {
    @Override
    public Path keys() {
      return files.state().resolve("keys");
    }

    @Override
    public Path configuration() {
      return files.configFile();
    }

    @Override
    public void namedAnother() {}
  }

  /** With a separate signer, which is started anew. */
  record OfSigner(SignerRun signer) implements KeyShelf {
    @Override
    public Path keys() {
      return signer.state().resolve("keys");
    }

    @Override
    public Path configuration() {
      return signer.configuration();
    }

    @Override
    public void namedAnother() throws IOException, InterruptedException {
      signer.kill();
      signer.startAgain();
    }
  }

  /** The number of the newest key of each use that has more than one. */
  final class Numbers {
    private final Map<KeyUse, Integer> made = new EnumMap<>(KeyUse.class);

    /** Makes another key, and names all in the file. */
    Path another(KeyUse use, KeyShelf shelf) throws IOException {
      int number = made.merge(use, 2, (before, _) -> before + 1);
      Path key = shelf.keys().resolve(use.keyName() + "-" + number);
      var _ =
          Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).output();
      Path file = shelf.configuration();
      String text = Files.readString(file).replaceAll("(?s)keys:\n.*", "");
      StringBuilder keys = new StringBuilder("keys:\n");
      made.forEach((each, newest) -> {
        keys.append("  ").append(each.keyName()).append(":\n");
        keys.append("    - { file: keys/").append(each.keyName()).append(" }\n");
        for (int older = 2; older <= newest; older++) {
          keys.append("    - { file: keys/%s-%d }\n".formatted(each.keyName(), older));
        }
      });
      Files.writeString(file, text + keys);
      return key;
    }
  }
}
