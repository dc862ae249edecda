package dev.daypass.ledger.privacy;

import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which entries are about a person, met in the order of their numbers: those of the identity, those
 * in whose details the username or the subject stands as a word, and those of certificates that the
 * person was granted, such as sessions. For one walk and one thread.
 */
final class Mentions {
  private static final String PART_OF_A_NAME = "[\\p{L}\\p{N}._@+-]";

  private final Optional<IdentityId> id;
  private final Pattern words;
  private final Set<String> grants = new HashSet<>();

  Mentions(Username username, Optional<IdentityId> id) {
    this.id = id;
    String alternatives =
        Stream.concat(Stream.of(username.text()), id.stream().map(IdentityId::subject))
            .map(word -> Pattern.quote(word.toLowerCase(Locale.ROOT)))
            .reduce((one, other) -> one + "|" + other)
            .orElseThrow();
    this.words =
        Pattern.compile(
            "(?<!%s)(?:%s)(?!%s)".formatted(PART_OF_A_NAME, alternatives, PART_OF_A_NAME));
  }

  /** Whether that text names the person. */
  boolean named(String text) {
    return words.matcher(text.toLowerCase(Locale.ROOT)).find();
  }

  boolean isAbout(ReadEntry entry) {
    boolean about =
        entry.details().filter(this::isOfIdentity).isPresent()
            || entry.details().filter(this::isOfGrant).isPresent()
            || entry
                .stored()
                .details()
                .filter(bytes -> named(new String(bytes.toArray(), StandardCharsets.UTF_8)))
                .isPresent();
    if (about && entry.entry().kind().commitsToCertificate()) {
      grants.add(entry.number().toString());
    }
    return about;
  }

  private boolean isOfIdentity(JsonObject details) {
    Optional<JsonObject> identity = details.object("identity");
    return id.isPresent()
        && identity.flatMap(who -> who.text("issuer")).equals(id.map(IdentityId::issuer))
        && identity.flatMap(who -> who.text("subject")).equals(id.map(IdentityId::subject));
  }

  private boolean isOfGrant(JsonObject details) {
    return Stream.of("serial", "entry")
        .flatMap(member -> details.text(member).stream())
        .anyMatch(grants::contains);
  }
}
