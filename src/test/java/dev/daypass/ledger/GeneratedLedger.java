package dev.daypass.ledger;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.Serial;
import dev.daypass.issuance.GrantRebuild;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.Batch;
import dev.daypass.ledger.store.EntryTerms;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.NewEntry;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Growth;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Makes a ledger long by writing grants straight into its store, each a copy of one that a daemon
 * made, with its own salt, nonce, person and commitment: no fault is in it.
 */
public final class GeneratedLedger {
  private static final int BATCH = 4096;
  private static final int PEOPLE = 500;

  private final LedgerStore store;
  private final Signer signer;
  private final String origin;
  private final long seed;
  private final JsonObject pattern;
  private final GrantRebuild rebuild;
  private final Fingerprint key;

  /**
   * @param pattern the details of a grant
   * @param seed ledgers of different ones differ in every entry
   */
  public GeneratedLedger(
      LedgerStore store, Signer signer, String origin, JsonObject pattern, long seed)
      throws Exception {
    this.store = store;
    this.signer = signer;
    this.origin = origin;
    this.seed = seed;
    this.pattern = pattern;
    this.rebuild = GrantRebuild.ofKeysIn(store);
    this.key = SshPublicKey.parse(pattern.text("key").orElseThrow()).fingerprint();
  }

  /**
   * Appends grants until the ledger has that size; the signer follows.
   *
   * @param until when the last of them was granted; the others stand evenly before it
   */
  public SignedCheckpoint grow(long size, Instant until) throws Exception {
    StoredHead head = store.head();
    Pace pace = Pace.of(head, size, until);
    TileEdge edge = TileEdge.read(head.frontier().size(), new StoredHashes(store));
    Optional<SignedCheckpoint> newest = Optional.empty();
    while (head.frontier().size().value() < size) {
      long first = head.frontier().size().value();
      List<NewEntry> entries =
          LongStream.range(first, Math.min(size, first + BATCH))
              .parallel()
              .mapToObj(number -> entry(number, pace.at(number)))
              .toList();
      Growth growth = head.frontier().append(leaves(entries));
      TileEdge.Advance advance = edge.advance(growth);
      StoredHead after = new StoredHead(growth.frontier(), entries.getLast().entry().at());
      store.append(
          new Batch(
              head.frontier().size(),
              after,
              entries,
              advance.tiles(),
              newest.map(checkpoint -> checkpoint.note().encode())));
      TreeSize grown = growth.frontier().size();
      newest =
          Optional.of(
              signer.signCheckpoint(
                  new Checkpoint(origin, grown, growth.frontier().root()),
                  growth.consistencyProof()));
      head = after;
      edge = advance.edge();
    }
    return newest.orElseThrow();
  }

  /** When each entry is written. */
  private record Pace(long first, Instant from, Duration all, long count) {
    static Pace of(StoredHead head, long size, Instant until) {
      long first = head.frontier().size().value();
      Duration all = Duration.between(head.newestAt(), until);
      return new Pace(first, head.newestAt(), all.isNegative() ? Duration.ZERO : all, size - first);
    }

    Instant at(long number) {
      long millis = Math.round(all.toMillis() * ((number - first + 1.0) / count));
      return from.plusMillis(millis);
    }
  }

  private static List<Hash> leaves(List<NewEntry> entries) {
    List<Hash> leaves = new ArrayList<>(entries.size());
    entries.forEach(entry -> leaves.add(Hash.leaf(entry.encoded().toArray())));
    return leaves;
  }

  private NewEntry entry(long number, Instant at) {
    Random random = new Random(number ^ seed << 40);
    String person = "person-" + random.nextInt(PEOPLE) + "@example.com";
    JsonObject identity = pattern.object("identity").orElseThrow();
    JsonObject.Builder who = JsonObject.builder();
    identity
        .members()
        .forEach((name, value) -> {
          if (!name.equals("username") && !name.equals("email") && !name.equals("subject")) {
            who.put(name, value);
          }
        });
    JsonObject someone =
        who.put("username", person).put("email", person).put("subject", person).build();
    JsonObject.Builder details = JsonObject.builder();
    pattern
        .members()
        .forEach((name, value) -> {
          switch (name) {
            case "salt" -> details.put(name, bytes(random, 16).base64Url());
            case "certificate_nonce" -> details.put(name, bytes(random, 32).base64Url());
            case "identity" -> details.put(name, someone);
            case "key_id" ->
                details.put(name, person + " role=" + pattern.text("role").orElseThrow());
            case "valid_after" -> details.put(name, whole(at).minusSeconds(60).toString());
            case "valid_before" -> details.put(name, whole(at).plusSeconds(300).toString());
            default -> details.put(name, value);
          }
        });
    return entry(number, at, details.build(), person);
  }

  private NewEntry entry(long number, Instant at, JsonObject object, String person) {
    try {
      CertificateContent content =
          rebuild.content(EntryKind.CERTIFICATE_GRANTED, object).orElseThrow();
      Bytes details = CanonicalJson.encode(object);
      Entry entry =
          new Entry(
              at,
              EntryKind.CERTIFICATE_GRANTED,
              Optional.of(content.withSerial(new Serial(number)).commitment()),
              details.sha256(),
              Optional.empty());
      SearchKeys search =
          new SearchKeys(
              Optional.of(
                  object.object("identity").orElseThrow().text("issuer").orElseThrow()
                      + "\n"
                      + person),
              object.text("role"),
              Optional.of(key),
              Optional.empty());
      return new NewEntry(
          new EntryNumber(number),
          entry,
          entry.encode(),
          details,
          search,
          EntryTerms.of(object),
          List.of());
    } catch (Exception e) {
      throw new AssertionError("the pattern is no grant", e);
    }
  }

  private static Instant whole(Instant at) {
    return Instant.ofEpochSecond(at.getEpochSecond());
  }

  private static Bytes bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
