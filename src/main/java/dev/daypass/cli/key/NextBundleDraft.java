package dev.daypass.cli.key;

import dev.daypass.cli.call.Invocation;
import dev.daypass.cli.terminal.Facts;
import dev.daypass.cli.terminal.Terminal;
import dev.daypass.custody.StateFolder;
import dev.daypass.fleet.NextBundle;
import dev.daypass.fleet.TrustBundle;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the trust bundle that a change of keys calls for, to be signed where the root key is. */
record NextBundleDraft(Invocation root, @Nullable Path out) {
  private static final Duration LIFETIME = Duration.ofDays(365);

  /** With one key more. */
  void adding(KeyUse use, SshPublicKey key) throws Exception {
    write(newest -> change(newest, Map.of(use, List.of(key)), Set.of()));
  }

  /** With one key less. */
  void without(Fingerprint key) throws Exception {
    write(newest -> change(newest, Map.of(), Set.of(key)));
  }

  @FunctionalInterface
  private interface Change {
    NextBundle of(TrustBundle newest);
  }

  private void write(Change change) throws Exception {
    Terminal terminal = Terminal.out(root.surroundings());
    TrustBundle newest = new StateFolder(root.config().state()).newestBundle().bundle();
    TrustBundle next;
    try {
      next = change.of(newest).after(newest);
    } catch (IllegalArgumentException e) {
      terminal.note("trust bundle", newest.number() + " needs no successor: " + e.getMessage());
      return;
    }
    Path file = out == null ? Path.of("trust-bundle-" + next.number()) : out;
    Files.writeString(file, next.text(), StandardOpenOption.CREATE_NEW);
    terminal.facts(new Facts().add("next bundle", file.toString() + ", not signed"));
    terminal.remedy(2, "sign it where the root key is, and publish it here:");
    terminal.remedy(2, "daypassd bundle sign %s --root KEY --out SIGNED".formatted(file));
    terminal.remedy(2, "daypassd bundle publish SIGNED");
  }

  /** As long as the newest is valid, if that is longer than usual. */
  private NextBundle change(
      TrustBundle newest, Map<KeyUse, List<SshPublicKey>> added, Set<Fingerprint> removed) {
    Instant usual = root.surroundings().clock().instant().plus(LIFETIME);
    Instant until = newest.validUntil().isAfter(usual) ? newest.validUntil() : usual;
    return new NextBundle(until, added, removed, Optional.empty(), Optional.empty(), Set.of());
  }
}
