package dev.daypass.custody;

import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshPublicKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a key ceremony made.
 *
 * @param keys the public half of every key, the root's among them
 * @param rootKey the private root key, which must leave this machine
 * @param rootKeyEncrypted whether its file needs a passphrase
 */
public record KeyCeremonyReport(
    Path stateFolder,
    Map<KeyUse, SshPublicKey> keys,
    Path rootKey,
    boolean rootKeyEncrypted,
    Path bundle,
    Instant validUntil) {
  public KeyCeremonyReport {
    keys = Map.copyOf(keys);
  }

  /** The public half of the key of that use. */
  public SshPublicKey key(KeyUse use) {
    return Objects.requireNonNull(keys.get(use), use.keyName());
  }

  /** The lines for the operator: what was made, until when it holds, what to do next. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("Made the keys of a new certificate authority in ").append(stateFolder);
    text.append(".\n\n");
    new EnumMap<>(keys).forEach((use, key) -> text.append(line(use.keyName(), key)));
    text.append('\n').append(line("trust bundle 1", bundle));
    text.append(line("valid until", validUntil.atZone(ZoneOffset.UTC).toLocalDate() + " UTC"));
    text.append(
        """

        Now take the root key away: it is needed again only for the next trust bundle,
        and whoever has it decides whom the servers trust.
        %s
        Copy it to a medium that you lock up, twice, then
          shred -u %s
        Then start the daemon: daypassd serve
        """
            .formatted(
                rootKeyEncrypted
                    ? "Its file is encrypted: keep the passphrase elsewhere."
                    : "Its file is NOT encrypted: it must leave this machine at once.",
                rootKey));
    return text.toString();
  }

  private static String line(String name, SshPublicKey key) {
    return line(name, key.fingerprint().toString());
  }

  private static String line(String name, Object value) {
    return String.format(Locale.ROOT, "  %-16s%s%n", name, value);
  }
}
