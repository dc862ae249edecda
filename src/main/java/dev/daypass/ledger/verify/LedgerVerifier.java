package dev.daypass.ledger.verify;

import dev.daypass.cert.CertificateContent;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Checks a whole ledger again, from its bytes: each entry and its details, numbers and times, the
 * tree, its tiles and its frontier, each grant by the policy of its time, what the entries say of
 * logins and revocations, and that each checkpoint given is one of this tree. For one verification
 * and one thread; it uses all processors.
 */
public final class LedgerVerifier {
  /** A ruined ledger need not be described entry by entry. */
  public static final int MAX_FAULTS = 100;

  private final LedgerSource source;
  private final String origin;
  private final CertificateRebuild rebuild;
  private final GrantReview review;
  private final Progress progress;
  private final List<LedgerFault> faults = new ArrayList<>();
  private final TileCheck tiles;
  private final LoginTrail logins = new LoginTrail(faults::add);
  private final RevocationTrail revocations = new RevocationTrail(faults::add);

  private final CertificateClaims certificates = new CertificateClaims(faults::add);
  private final CheckpointClaims claims;

  /** Entries without details that no erasure has named so far; their numbers fit into an int. */
  private final BitSet unexplained = new BitSet();

  /** The number that the next entry must have. */
  private long next;

  /** Whether an entry was missing: nothing after it is where the tree had it. */
  private boolean hasGap;

  private Frontier frontier = Frontier.EMPTY;
  private Instant newestAt = Instant.EPOCH;
  private long compared;
  private long erased;
  private long lost;
  private long grants;
  private long rebuilt;
  private long judged;

  public LedgerVerifier(
      LedgerStore store, String origin, Ed25519PublicKey ledgerKey, CertificateRebuild rebuild) {
    this(store, origin, List.of(ledgerKey), rebuild);
  }

  /**
   * @param ledgerKeys every key that may have signed its checkpoints, each in its time
   */
  public LedgerVerifier(
      LedgerStore store,
      String origin,
      Collection<Ed25519PublicKey> ledgerKeys,
      CertificateRebuild rebuild) {
    this(new StoreSource(store), origin, ledgerKeys, rebuild, GrantReview.NONE, Progress.NONE);
  }

  public LedgerVerifier(
      LedgerSource source,
      String origin,
      Collection<Ed25519PublicKey> ledgerKeys,
      CertificateRebuild rebuild,
      GrantReview review,
      Progress progress) {
    this.source = source;
    this.origin = origin;
    this.claims = new CheckpointClaims(origin, ledgerKeys, this::fault);
    this.rebuild = rebuild;
    this.review = review;
    this.progress = progress;
    this.tiles = new TileCheck(source, this::fault);
  }

  /** Demands that this ledger granted the certificate; to be called before the verification. */
  public void expect(CertificateContent certificate) {
    certificates.add(certificate);
  }

  /**
   * Verifies everything that the source claims to have, with its own checkpoint and these.
   *
   * @param checkpoints seen elsewhere: at the daemon, at a witness, in a certificate's proof
   */
  public LedgerReport verify(List<SignedNote> checkpoints) throws StoreFailed {
    Optional<StoredHead> head = source.head();
    checkpoints.forEach(claims::add);
    source.checkpoint().ifPresent(claims::add);
    TreeSize size = source.size();
    try (ReadAhead ahead = new ReadAhead(source, size.value())) {
      while (next < size.value() && faults.size() < MAX_FAULTS) {
        List<StoredEntry> chunk = ahead.take();
        if (chunk.isEmpty()) {
          fault(LedgerFault.of(next, "the entry is missing"));
          break;
        }
        check(chunk);
        progress.reached(next, size.value());
      }
    }
    finish(head);
    return new LedgerReport(
        size,
        frontier.root(),
        new LedgerReport.DetailCount(source.withholdsDetails(), compared, erased, lost),
        new LedgerReport.GrantCount(grants, rebuilt, judged),
        new TreeSize(Math.min(claims.signed(), size.value())),
        faults.subList(0, Math.min(faults.size(), MAX_FAULTS)));
  }

  private void finish(Optional<StoredHead> head) throws StoreFailed {
    unexplained.stream()
        .limit(MAX_FAULTS)
        .forEach(number ->
            fault(LedgerFault.of(number, "its details are gone, and no later entry erased them")));
    logins.finish(newestAt);
    revocations.finish(newestAt);
    if (!hasGap) {
      tiles.finish();
    }
    head.ifPresent(this::compare);
    source.malformed().forEach(problem -> fault(LedgerFault.ofLedger(problem)));
    claims.finish(frontier.size().value());
    certificates.finish();
  }

  private void check(List<StoredEntry> chunk) throws StoreFailed {
    List<CheckedEntry> checked =
        chunk.parallelStream().map(entry -> CheckedEntry.of(entry, origin)).toList();
    checked.forEach(this::learn);
    List<CheckedGrant> granted =
        checked.parallelStream().map(entry -> CheckedGrant.of(entry, rebuild, review)).toList();
    List<Hash> leaves = new ArrayList<>(checked.size());
    for (int i = 0; i < checked.size(); i++) {
      CheckedEntry entry = checked.get(i);
      checkNumber(entry.number());
      entry.faults().forEach(this::fault);
      granted.get(i).faults().forEach(this::fault);
      count(entry, granted.get(i));
      follow(entry);
      leaves.add(entry.leaf());
      if (!hasGap) {
        tiles.add(entry.leaf());
      }
    }
    claims.grow(frontier, leaves);
    frontier = frontier.append(leaves).frontier();
  }

  /** A gap is one fault, and not one for each entry after it. */
  private void checkNumber(long number) {
    if (number != next) {
      fault(LedgerFault.of(next, "the entry is missing"));
      hasGap = true;
    }
    next = number + 1;
  }

  /** What later entries are judged by. */
  private void learn(CheckedEntry checked) {
    if (checked.entry().isPresent() && checked.details().isPresent()) {
      Entry entry = checked.entry().get();
      rebuild.learn(entry.kind(), checked.details().get());
      review.learn(checked.number(), entry.at(), entry.kind(), checked.details().get());
    }
    checked.entry().ifPresent(entry -> claims.learn(new EntryNumber(checked.number()), entry));
  }

  private void count(CheckedEntry entry, CheckedGrant grant) {
    compared += entry.details().isPresent() ? 1 : 0;
    grants += entry.entry().filter(read -> read.kind().commitsToCertificate()).isPresent() ? 1 : 0;
    rebuilt += grant.rebuilt() ? 1 : 0;
    judged += grant.judged() ? 1 : 0;
  }

  private void follow(CheckedEntry entry) {
    checkTime(entry);
    certificates.see(entry.number(), entry.entry());
    entry.entry().ifPresent(read -> revocations.add(entry.number(), read, entry.details()));
    if (source.withholdsDetails()) {
      return;
    }
    checkErasure(entry);
    entry
        .entry()
        .flatMap(read -> LoginStep.of(read.kind(), entry.details()))
        .ifPresent(step -> logins.add(entry.number(), newestAt, step));
  }

  /** Details that are gone must be named by a later entry: a thief leaves none. */
  private void checkErasure(CheckedEntry entry) {
    if (entry.absent()) {
      unexplained.set(Math.toIntExact(entry.number()));
    }
    for (EntryNumber named : entry.erases()) {
      erased += explain(named, named);
    }
    entry.loses().ifPresent(loss -> lost += explain(loss.first(), loss.last()));
  }

  /** How many details between these are gone, which from now on is explained. */
  private int explain(EntryNumber first, EntryNumber last) {
    int from = Math.toIntExact(first.value());
    int until = Math.toIntExact(last.value()) + 1;
    int named = unexplained.get(from, until).cardinality();
    unexplained.clear(from, until);
    return named;
  }

  private void checkTime(CheckedEntry checked) {
    if (checked.entry().isPresent()) {
      Instant at = checked.entry().get().at();
      if (at.isBefore(newestAt)) {
        fault(LedgerFault.of(checked.number(), "its time is before that of an earlier entry"));
      }
      newestAt = at;
    }
  }

  private void compare(StoredHead head) {
    if (!frontier.peaks().equals(head.frontier().peaks())) {
      fault(LedgerFault.ofLedger("the stored frontier is not that of the entries"));
    }
    if (!newestAt.equals(head.newestAt())) {
      fault(LedgerFault.ofLedger("the stored newest time is not that of the last entry"));
    }
  }

  private void fault(LedgerFault fault) {
    faults.add(fault);
  }
}
