package dev.daypass.cli.audit;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.identity.Username;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteIdentityRegistry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which entries: the options that search and export share. */
final class EntryOptions {
  @Option(names = "--kind", paramLabel = "KIND", description = "Such as certificate.granted.")
  private Optional<String> kind = Optional.empty();

  @Option(names = "--person", paramLabel = "USER", description = "About this username.")
  private Optional<String> person = Optional.empty();

  @Option(names = "--role", paramLabel = "ROLE", description = "Of this role.")
  private Optional<String> role = Optional.empty();

  @Option(names = "--server", paramLabel = "HOST", description = "About this server.")
  private Optional<String> server = Optional.empty();

  @Option(names = "--key", paramLabel = "FP", description = "About this key, as SHA256:….")
  private Optional<String> key = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "With this in their reason.")
  private Optional<String> reason = Optional.empty();

  @Option(names = "--text", paramLabel = "TEXT", description = "With this in their details.")
  private Optional<String> text = Optional.empty();

  @Option(names = "--from", paramLabel = "T", description = "Since, as 2026-11-21[T01:13:00Z].")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "And before.")
  private Optional<String> to = Optional.empty();

  /** The filter; the search column knows a person by the identity that has the username. */
  EntryFilter filter(SqliteDatabase database) throws CommandRefused, StoreFailed {
    EntryFilter filter =
        new EntryFilter(
            kind(),
            person,
            Optional.empty(),
            role,
            server,
            key(),
            reason,
            moment(from),
            moment(to),
            text);
    Optional<Username> username = person.flatMap(Username::parse);
    return username.isEmpty()
        ? filter
        : new SqliteIdentityRegistry(database, (_, _) -> {})
            .owner(username.get())
            .map(id -> filter.ofIdentity(IdentityDetails.searchKey(id)))
            .orElse(filter);
  }

  /** The same in the words of {@code export.made}. */
  Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    kind.ifPresent(value -> words.put("kind", value));
    person.ifPresent(value -> words.put("person", value));
    role.ifPresent(value -> words.put("role", value));
    server.ifPresent(value -> words.put("server", value));
    key.ifPresent(value -> words.put("key", value));
    reason.ifPresent(value -> words.put("reason_part", value));
    from.ifPresent(value -> words.put("from", value));
    to.ifPresent(value -> words.put("to", value));
    text.ifPresent(value -> words.put("text_part", value));
    return words;
  }

  private Optional<EntryKind> kind() throws CommandRefused {
    Optional<EntryKind> known = kind.flatMap(EntryKind::ofWireName);
    if (kind.isPresent() && known.isEmpty()) {
      throw new CommandRefused(
          ExitCode.USAGE, kind.get() + " is no kind of entry.", "such as certificate.granted");
    }
    return known;
  }

  private Optional<Fingerprint> key() throws CommandRefused {
    try {
      return key.isEmpty() ? Optional.empty() : Optional.of(Fingerprint.parse(key.get()));
    } catch (SshFormatException _) {
      throw new CommandRefused(
          ExitCode.USAGE, key.orElse("") + " is no fingerprint.", "ssh-keygen -lf KEY prints it");
    }
  }

  /** A moment, or the beginning of a day in UTC. */
  static Optional<Instant> moment(Optional<String> text) throws CommandRefused {
    try {
      return text.map(value ->
          value.contains("T")
              ? Instant.parse(value)
              : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException _) {
      throw new CommandRefused(
          ExitCode.USAGE,
          text.orElse("") + " is no time.",
          "write it as 2026-11-21 or 2026-11-21T00:00:00Z");
    }
  }
}
