package dev.daypass.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.ledger.clock.FakeClock;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.store.StoredHashes;
import dev.daypass.ledger.store.StoredHead;
import dev.daypass.ledger.verify.CertificateRebuild;
import dev.daypass.ledger.verify.LedgerReport;
import dev.daypass.ledger.verify.LedgerVerifier;
import dev.daypass.signer.HeadFile;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerHead;
import dev.daypass.signer.SignerKeys;
import dev.daypass.signer.SignerLimits;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeProver;
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
  private final PullableKey token = new PullableKey(OpenSshPrivateKey.generate(SshKeyType.ED25519));
  private final SignerKeys keys =
      new SignerKeys(
          OpenSshPrivateKey.generate(SshKeyType.ED25519),
          OpenSshPrivateKey.generate(SshKeyType.ED25519),
          token);
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

  PullableKey token() {
    return token;
  }

  /** A draft that grants a user certificate. */
  public Draft granting(String username) {
    SearchKeys search =
        new SearchKeys(
            Optional.of(username),
            Optional.of("prod-db-debug"),
            Optional.of(USER_KEY.publicKey().fingerprint()),
            Optional.of(Bytes.ofUtf8("request of " + username).sha256()));
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    Bytes nonce = Bytes.of(random);
    JsonObject details =
        JsonObject.builder().put("identity", username).put("nonce", nonce.hex()).build();
    return Draft.granting(
        EntryKind.CERTIFICATE_GRANTED, details, certificate(username, nonce), search);
  }

  /** What the signer and a server make of a receipt: the certificate with its proof inside. */
  public Certificate issue(Draft draft, Receipt receipt) throws SignerRefused {
    CertificateContent content =
        draft
            .certificate()
            .orElseThrow()
            .withSerial(new Serial(receipt.number().value()))
            .withProof(receipt.proofText());
    return signer.signCertificate(content, receipt.entry().encode(), receipt.inclusion());
  }

  private CertificateContent certificate(String username, Bytes nonce) {
    Instant from = Instant.parse("2026-11-21T01:12:00Z");
    return new CertificateContent(
        CertificateType.USER,
        nonce,
        USER_KEY.publicKey(),
        Serial.UNASSIGNED,
        new KeyId(username + " role=prod-db-debug"),
        List.of(new Principal("daypass:prod-db-debug")),
        new ValidityWindow(from, from.plus(Duration.ofMinutes(30))),
        CertificateOptions.EMPTY,
        CertificateOptions.EMPTY.flag("permit-pty"),
        keys.userCas().getFirst().publicKey());
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
    LedgerReport report =
        new LedgerVerifier(store, ORIGIN, ledgerKey(), rebuild())
            .verify(checkpoints.stream().map(SignedCheckpoint::note).toList());
    assertThat(report.faults()).isEmpty();
    StoredHead head = store.head();
    assertThat(report.size()).isEqualTo(head.frontier().size());
    TreeProver prover = new TreeProver(new StoredHashes(store));
    for (Receipt receipt : receipts) {
      StoredEntry stored = store.entry(receipt.number()).orElseThrow();
      Hash leaf = Hash.leaf(stored.entry().toArray());
      assertThat(stored.entry()).isEqualTo(receipt.entry().encode());
      assertThat(receipt.inclusion().verifies(leaf, receipt.checkpoint().checkpoint().root()))
          .isTrue();
    }
    assertThat(receipts.stream().map(Receipt::number)).doesNotHaveDuplicates();
    for (SignedCheckpoint checkpoint : checkpoints) {
      ConsistencyProof proof =
          prover.consistency(checkpoint.checkpoint().size(), head.frontier().size());
      assertThat(proof.verifies(checkpoint.checkpoint().root(), head.frontier().root())).isTrue();
    }
  }

  /** The key that signs this ledger's checkpoints. */
  public Ed25519PublicKey ledgerKey() {
    return (Ed25519PublicKey) keys.ledgers().getFirst().publicKey();
  }

  /** The private ledger key, for forgeries. */
  public SshSigner ledgerSigner() {
    return keys.ledgers().getFirst();
  }

  /** The private user CA key, for forgeries. */
  public SshSigner userCa() {
    return keys.userCas().getFirst();
  }

  /** The private host CA key, for forgeries. */
  public SshSigner hostCa() {
    return keys.hostCas().getFirst();
  }

  /** Makes the certificates of {@link #granting} again, which keep their bytes in the details. */
  public CertificateRebuild rebuild() {
    return (_, details) ->
        details
            .text("identity")
            .map(username ->
                certificate(username, Bytes.ofHex(details.text("nonce").orElseThrow())));
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
