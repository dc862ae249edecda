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
  private static final Duration STEP = Duration.ofMillis(20);

  private final LedgerStore store;
  private final Signer signer;
  private final String origin;
  private final long seed;
  private final JsonObject pattern;
  private final GrantRebuild rebuild;
  private final Fingerprint key;

  /**
   * @param grant the number of the grant that is the pattern
   * @param seed ledgers of different ones differ in every entry
   */
  public GeneratedLedger(
      LedgerStore store, Signer signer, String origin, EntryNumber grant, long seed)
      throws Exception {
    this.store = store;
    this.signer = signer;
    this.origin = origin;
    this.seed = seed;
    this.pattern =
        CanonicalJson.decodeObject(store.entry(grant).orElseThrow().details().orElseThrow());
    this.rebuild = GrantRebuild.ofKeysIn(store);
    this.key = SshPublicKey.parse(pattern.text("key").orElseThrow()).fingerprint();
  }

  /** Appends grants until the ledger has that size; the signer follows. */
  public SignedCheckpoint grow(long size) throws Exception {
    StoredHead head = store.head();
    TileEdge edge = TileEdge.read(head.frontier().size(), new StoredHashes(store));
    Optional<SignedCheckpoint> newest = Optional.empty();
    while (head.frontier().size().value() < size) {
      long first = head.frontier().size().value();
      Instant at = head.newestAt().plus(STEP);
      List<NewEntry> entries =
          LongStream.range(first, Math.min(size, first + BATCH))
              .parallel()
              .mapToObj(number -> entry(number, at))
              .toList();
      Growth growth = head.frontier().append(leaves(entries));
      TileEdge.Advance advance = edge.advance(growth);
      StoredHead after = new StoredHead(growth.frontier(), at);
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
