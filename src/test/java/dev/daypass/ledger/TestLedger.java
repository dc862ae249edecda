package dev.daypass.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.ledger.clock.FakeClock;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.signer.HeadFile;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerHead;
import dev.daypass.signer.SignerKeys;
import dev.daypass.signer.SignerLimits;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.OpenSshPrivateKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeProver;
import dev.daypass.tlog.TreeSize;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A ledger with a real signer, over any store, that can be crashed and started again. {@link
 * #checkInvariants} re-checks everything that was ever promised.
 */
public final class TestLedger implements AutoCloseable {
  public static final String ORIGIN = "ca.example.com/daypass";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final OpenSshPrivateKey USER_KEY = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  private final FaultyStore store;
  private final FakeClock clock = new FakeClock();
  private final RememberedHead headFile = new RememberedHead();
  private final SignerKeys keys =
      new SignerKeys(
          OpenSshPrivateKey.generate(SshKeyType.ED25519),
          OpenSshPrivateKey.generate(SshKeyType.ED25519),
          OpenSshPrivateKey.generate(SshKeyType.ED25519));
  private final List<Receipt> receipts = new ArrayList<>();
  private final List<SignedCheckpoint> checkpoints = new ArrayList<>();
  private CompletableFuture<Throwable> fatal = new CompletableFuture<>();
  private Signer signer;
  private Ledger ledger;

  private TestLedger(LedgerStore store) throws Exception {
    this.store = new FaultyStore(store);
    this.signer = openSigner();
    this.ledger = openLedger();
  }

  /** A ledger that has its entry 0. */
  public static TestLedger over(LedgerStore store) throws Exception {
    TestLedger test = empty(store);
    test.append(created());
    return test;
  }

  /** A ledger without entries. */
  public static TestLedger empty(LedgerStore store) throws Exception {
    return new TestLedger(store);
  }

  public static Draft created() {
    return Draft.published(
        EntryKind.LEDGER_CREATED,
        JsonObject.EMPTY,
        PublicPart.ledgerCreated(ORIGIN, Map.of(), Optional.empty()));
  }

  public static Draft started() {
    return Draft.of(EntryKind.DAEMON_STARTED, JsonObject.EMPTY, SearchKeys.NONE);
  }

  /** A draft that grants a user certificate. */
  public Draft granting(String username) {
    SearchKeys search =
        new SearchKeys(
            Optional.of(username),
            Optional.of("prod-db-debug"),
            Optional.of(USER_KEY.publicKey().fingerprint()),
            Optional.of(Bytes.ofUtf8("request of " + username).sha256()));
    return Draft.granting(
        EntryKind.CERTIFICATE_GRANTED,
        JsonObject.builder().put("identity", username).build(),
        certificate(username),
        search);
  }

  public CertificateContent certificate(String username) {
    byte[] nonce = new byte[32];
    RANDOM.nextBytes(nonce);
    Instant from = Instant.parse("2026-11-21T01:12:00Z");
    return new CertificateContent(
        CertificateType.USER,
        Bytes.of(nonce),
        USER_KEY.publicKey(),
        Serial.UNASSIGNED,
        new KeyId(username + " role=prod-db-debug"),
        List.of(new Principal("daypass:prod-db-debug")),
        new ValidityWindow(from, from.plus(Duration.ofMinutes(30))),
        CertificateOptions.EMPTY,
        CertificateOptions.EMPTY.flag("permit-pty"),
        keys.userCa().publicKey());
  }

  public Receipt append(Draft draft) throws LedgerUnavailable {
    Receipt receipt = ledger.append(draft);
    remember(receipt);
    return receipt;
  }

  public synchronized void remember(Receipt receipt) {
    receipts.add(receipt);
    checkpoints.add(receipt.checkpoint());
  }

  /** Appends from as many virtual threads as there are drafts, and waits for all. */
  public List<Receipt> appendTogether(List<Draft> drafts) throws Exception {
    List<CompletableFuture<Receipt>> pending = new ArrayList<>();
    for (Draft draft : drafts) {
      CompletableFuture<Receipt> result = new CompletableFuture<>();
      pending.add(result);
      Thread.startVirtualThread(() -> {
        try {
          result.complete(append(draft));
        } catch (LedgerUnavailable e) {
          result.completeExceptionally(e);
        }
      });
    }
    List<Receipt> done = new ArrayList<>();
    for (CompletableFuture<Receipt> result : pending) {
      done.add(result.get());
    }
    return done;
  }

  /** Ends this process, in order or not: the store and the signer's head are what remains. */
  public void restart() throws Exception {
    ledger.close();
    fatal = new CompletableFuture<>();
    signer = openSigner();
    ledger = openLedger();
  }

  /** Each promise that was ever made, and each rule about what is stored. */
  public synchronized void checkInvariants() throws Exception {
    StoredHead head = store.head();
    TreeProver prover = new TreeProver(new StoredHashes(store));
    TreeSize size = head.frontier().size();
    assertThat(prover.root(size)).isEqualTo(head.frontier().root());
    for (Receipt receipt : receipts) {
      StoredEntry stored = store.entry(receipt.number()).orElseThrow();
      Hash leaf = Hash.leaf(stored.entry().toArray());
      assertThat(stored.entry()).isEqualTo(receipt.entry().encode());
      assertThat(receipt.inclusion().verifies(leaf, receipt.checkpoint().checkpoint().root()))
          .isTrue();
    }
    assertThat(receipts.stream().map(Receipt::number)).doesNotHaveDuplicates();
    for (SignedCheckpoint checkpoint : checkpoints) {
      TreeSize then = checkpoint.checkpoint().size();
      assertThat(then).isLessThanOrEqualTo(size);
      assertThat(
              prover
                  .consistency(then, size)
                  .verifies(checkpoint.checkpoint().root(), head.frontier().root()))
          .isTrue();
    }
    Instant last = Instant.EPOCH;
    for (long number = 0; number < size.value(); number++) {
      Entry entry = Entry.decode(store.entry(new EntryNumber(number)).orElseThrow().entry());
      assertThat(entry.at()).isAfterOrEqualTo(last);
      last = entry.at();
    }
    assertThat(head.newestAt()).isEqualTo(last);
  }

  public Ledger ledger() {
    return ledger;
  }

  public FaultyStore store() {
    return store;
  }

  public FakeClock clock() {
    return clock;
  }

  public Signer signer() {
    return signer;
  }

  public RememberedHead headFile() {
    return headFile;
  }

  /** Completes with the cause when the ledger asks for the end of the process. */
  public CompletableFuture<Throwable> fatal() {
    return fatal;
  }

  @Override
  public void close() {
    ledger.close();
  }

  private Signer openSigner() throws IOException {
    return LocalSigner.open(
        keys, SignerLimits.ofLifetimes(Duration.ofDays(1), Duration.ofDays(90)), headFile);
  }

  private Ledger openLedger() throws StoreFailed, SignerRefused {
    CompletableFuture<Throwable> ended = fatal;
    return Ledger.open(store, signer, ORIGIN, clock, RANDOM, (_, cause) -> ended.complete(cause));
  }

  /** The signer's head, kept over restarts. */
  public static final class RememberedHead implements HeadFile {
    private SignerHead head = SignerHead.ofNewLedger(ORIGIN);
    private boolean failing;

    @Override
    public synchronized SignerHead read() {
      return head;
    }

    @Override
    public synchronized void write(SignerHead next) throws IOException {
      if (failing) {
        throw new IOException("injected");
      }
      head = next;
    }

    /** Whether the next writes fail. */
    public synchronized void failing(boolean state) {
      failing = state;
    }

    /** Puts another head in its place, or forgets it. */
    public synchronized void replace(SignerHead other) {
      head = other;
    }
  }
}
