package dev.daypass.ledger.entry;

import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * The public part of what was written down, hashed into the tree (DESIGN, section 6).
 *
 * @param at when the sequencer numbered it, in whole milliseconds
 * @param kind what it records
 * @param commitSsh SHA-256 of the certificate's to-be-signed bytes without proof, present for
 *     exactly the kinds that grant a certificate
 * @param detailsHash SHA-256 of the salted details
 * @param publicPart present for exactly the kinds that have one
 */
public record Entry(
    Instant at,
    EntryKind kind,
    Optional<Bytes> commitSsh,
    Bytes detailsHash,
    Optional<JsonObject> publicPart) {
  /** DESIGN, section 6: an entry has at most 1 KiB. */
  public static final int MAX_BYTES = 1024;

  private static final int HASH_BYTES = 32;

  public Entry {
    EntryTime.requireMillis(at);
    require(commitSsh.isPresent() == kind.commitsToCertificate(), "commits of " + kind);
    require(commitSsh.isEmpty() || commitSsh.get().size() == HASH_BYTES, "commits.ssh");
    require(detailsHash.size() == HASH_BYTES, "details");
    require(publicPart.isPresent() == kind.hasPublicPart(), "public part of " + kind);
    publicPart
        .flatMap(part -> PublicPart.problem(kind, part))
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
  }

  /**
   * Reads the canonical form, and nothing else.
   *
   * @throws EntryFormatException if a byte differs from what {@link #encode} writes
   */
  public static Entry decode(Bytes encoded) throws EntryFormatException {
    if (encoded.size() > MAX_BYTES) {
      throw new EntryFormatException("entry larger than 1 KiB");
    }
    try {
      JsonObject object = CanonicalJson.decodeObject(encoded);
      Entry entry =
          new Entry(
              EntryTime.parse(member(object, "at")),
              EntryKind.ofWireName(member(object, "kind"))
                  .orElseThrow(() -> new EntryFormatException("unknown kind")),
              commitSsh(object),
              hash(member(object, "details")),
              object.object("public"));
      // A member that the record has no place for would be lost here, and is therefore noticed.
      if (!entry.encode().equals(encoded)) {
        throw new EntryFormatException("members that an entry does not have");
      }
      return entry;
    } catch (JsonFormatException | IllegalArgumentException e) {
      throw new EntryFormatException("not an entry: " + e.getMessage(), e);
    }
  }

  /** The canonical form (RFC 8785). */
  public Bytes encode() {
    JsonObject.Builder object = JsonObject.builder();
    object.put("at", EntryTime.format(at));
    commitSsh.ifPresent(
        hash -> object.put("commits", JsonObject.builder().put("ssh", hash.base64Url()).build()));
    object.put("details", detailsHash.base64Url());
    object.put("kind", kind.wireName());
    publicPart.ifPresent(part -> object.put("public", part));
    object.put("v", 1);
    return CanonicalJson.encode(object.build());
  }

  /** The leaf hash of RFC 6962, section 2.1, over the canonical form. */
  public Hash leafHash() {
    return Hash.leaf(encode().toArray());
  }

  private static Optional<Bytes> commitSsh(JsonObject object) throws EntryFormatException {
    Optional<JsonObject> commits = object.object("commits");
    return commits.isEmpty() ? Optional.empty() : Optional.of(hash(member(commits.get(), "ssh")));
  }

  private static Bytes hash(String text) {
    return Base64Url.decode(text);
  }

  private static String member(JsonObject object, String name) throws EntryFormatException {
    return object.text(name).orElseThrow(() -> new EntryFormatException("no member " + name));
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("wrong " + what);
    }
  }
}
