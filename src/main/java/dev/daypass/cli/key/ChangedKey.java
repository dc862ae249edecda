package dev.daypass.cli.key;

import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import java.util.List;

/** A key that the daemon has changed: the answer's first line, then the key's own line. */
record ChangedKey(String use, String fingerprint, String stage, String entry, String line) {
  static ChangedKey parse(List<String> answer) {
    List<String> words = ListedKey.words(answer.getFirst());
    return new ChangedKey(words.get(0), words.get(1), words.get(2), words.get(3), answer.getLast());
  }

  SshPublicKey key() throws SshFormatException {
    return SshPublicKey.parse(line);
  }
}
