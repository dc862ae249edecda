package dev.daypass.fleet.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.Ledger;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.clock.FakeClock;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.verify.CertificateRebuild;
import dev.daypass.ledger.verify.LedgerFault;
import dev.daypass.ledger.verify.LedgerVerifier;
import dev.daypass.signer.KeyUse;
import dev.daypass.signer.LocalSigner;
import dev.daypass.signer.SignerKeys;
import dev.daypass.signer.SignerLimits;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One ledger key takes the place of another, in a ledger that is written to without a pause. */
final class LedgerKeyChangeTest {
  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final TestLedger.RememberedHead head = new TestLedger.RememberedHead();
  private final SshSigner userCa = key();
  private final SshSigner hostCa = key();
  private final SshSigner old = key();
  private final SshSigner next = key();
  private final List<SignedNote> kept = new ArrayList<>();
  private final List<SignedNote> notes = new ArrayList<>();
  private Ledger ledger;

  @BeforeEach
  void begin() throws Exception {
    ledger = open(List.of(old, next));
    append(
        Draft.published(
            EntryKind.LEDGER_CREATED,
            JsonObject.EMPTY,
            PublicPart.ledgerCreated(
                TestLedger.ORIGIN,
                Map.of("ledger", old.publicKey().fingerprint()),
                Optional.empty())));
    append(change(EntryKind.CA_KEY_ADDED));
  }

  @AfterEach
  void end() {
    ledger.close();
  }

  @Test
  void theOldKeySignsUpToTheEntryThatActivatesTheNew() throws Exception {
    assertThat(signers(append(TestLedger.started()))).containsExactly(old);
    Receipt activated = append(change(EntryKind.CA_KEY_ACTIVATED));
    assertThat(signers(activated)).containsExactly(old);
    assertThat(signers(append(TestLedger.started()))).containsExactly(next);
    assertThat(faults()).isEmpty();
  }

  @Test
  void theLastCheckpointOfTheOldIsSignedByBoth() throws Exception {
    Receipt activated = append(change(EntryKind.CA_KEY_ACTIVATED));
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().text())
        .isEqualTo(activated.checkpoint().checkpoint().text())
        .contains("\n" + (activated.number().value() + 1) + "\n");
    assertThat(signers(kept.getFirst())).containsExactly(old, next);
    notes.add(kept.getFirst());
    assertThat(faults()).isEmpty();
  }

  @Test
  void aRestartRightThereSignsByBoth() throws Exception {
    append(change(EntryKind.CA_KEY_ACTIVATED));
    kept.clear();
    reopen(List.of(old, next));
    assertThat(signers(ledger.checkpoint().note())).containsExactly(old, next);
    assertThat(kept).hasSize(1);
    assertThat(signers(append(TestLedger.started()))).containsExactly(next);
  }

  @Test
  void theOldKeyMayBeGoneAfterwards() throws Exception {
    append(change(EntryKind.CA_KEY_ACTIVATED));
    append(TestLedger.started());
    reopen(List.of(next));
    assertThat(signers(append(TestLedger.started()))).containsExactly(next);
    assertThat(faults()).isEmpty();
  }

  @Test
  void whatIsWrittenAtTheSameMomentIsSignedByTheKeyOfItsSize() throws Exception {
    List<Callable<Receipt>> writers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Draft draft = i == 20 ? change(EntryKind.CA_KEY_ACTIVATED) : TestLedger.started();
      writers.add(() -> ledger.append(draft));
    }
    List<Receipt> receipts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Receipt> receipt : threads.invokeAll(writers)) {
        receipts.add(receipt.get());
      }
    }
    long change =
        receipts.stream()
            .filter(receipt -> receipt.entry().kind() == EntryKind.CA_KEY_ACTIVATED)
            .findFirst()
            .orElseThrow()
            .number()
            .value();
    for (Receipt receipt : receipts) {
      notes.add(receipt.checkpoint().note());
      assertThat(signers(receipt)).containsExactly(receipt.number().value() <= change ? old : next);
    }
    assertThat(faults()).isEmpty();
  }

  @Test
  void theVerifierRefusesAKeyOutOfItsTime() throws Exception {
    append(TestLedger.started());
    Receipt activated = append(change(EntryKind.CA_KEY_ACTIVATED));
    Receipt later = append(TestLedger.started());
    for (Receipt receipt : List.of(activated, later)) {
      SshSigner other = receipt.equals(later) ? old : next;
      notes.add(signed(receipt, other));
    }
    String size = later.checkpoint().checkpoint().size().toString();
    assertThat(faults())
        .extracting(LedgerFault::problem)
        .containsExactly(
            "the checkpoint of size %s is signed by %s, not in force there"
                .formatted(size, old.publicKey().fingerprint()));
  }

  @Test
  void theVerifierRefusesTheNewKeyBeforeItsTime() throws Exception {
    Receipt early = append(TestLedger.started());
    append(change(EntryKind.CA_KEY_ACTIVATED));
    notes.add(signed(early, next));
    assertThat(faults())
        .extracting(LedgerFault::problem)
        .containsExactly(
            "the checkpoint of size %s is signed by %s, not in force there"
                .formatted(early.checkpoint().checkpoint().size(), next.publicKey().fingerprint()));
  }

  /** As nobody but a thief of that key would sign. */
  private static SignedNote signed(Receipt receipt, SshSigner key) throws Exception {
    String text = receipt.checkpoint().checkpoint().text();
    byte[] raw = key.sign(Bytes.ofUtf8(text)).blob().toArray();
    return new SignedNote(text, List.of(NoteSignature.of(noteKey(key), raw)));
  }

  private Receipt append(Draft draft) throws Exception {
    Receipt receipt = ledger.append(draft);
    notes.add(receipt.checkpoint().note());
    return receipt;
  }

  private Draft change(EntryKind kind) {
    JsonObject details =
        JsonObject.builder()
            .put("key", next.publicKey().line())
            .put("use", KeyUse.LEDGER.keyName())
            .build();
    return Draft.published(kind, details, PublicPart.caKey(next.publicKey().fingerprint()));
  }

  private List<SshSigner> signers(Receipt receipt) {
    return signers(receipt.checkpoint().note());
  }

  private List<SshSigner> signers(SignedNote note) {
    return List.of(old, next).stream().filter(key -> noteKey(key).verifies(note)).toList();
  }

  private List<LedgerFault> faults() throws Exception {
    List<Ed25519PublicKey> keys =
        List.of((Ed25519PublicKey) old.publicKey(), (Ed25519PublicKey) next.publicKey());
    return new LedgerVerifier(store, TestLedger.ORIGIN, keys, CertificateRebuild.NONE)
        .verify(notes)
        .faults();
  }

  private void reopen(List<SshSigner> ledgerKeys) throws Exception {
    ledger.close();
    ledger = open(ledgerKeys);
  }

  private Ledger open(List<SshSigner> ledgerKeys) throws Exception {
    LocalSigner local =
        LocalSigner.open(
            new SignerKeys(List.of(userCa), List.of(hostCa), ledgerKeys),
            SignerLimits.ofLifetimes(Duration.ofHours(1), Duration.ofHours(1)),
            head);
    KeyBook book = KeyBook.read(store);
    StagedSigner signer = new StagedSigner(local, book);
    signer.requireActive();
    Ledger opened =
        Ledger.open(store, signer, TestLedger.ORIGIN, new FakeClock(), new Random(7), (_, _) -> {});
    HandOver.follow(opened, book, signer, kept::add);
    return opened;
  }

  private static NoteKey noteKey(SshSigner key) {
    return NoteKey.ofEd25519(
        TestLedger.ORIGIN, ((Ed25519PublicKey) key.publicKey()).point().toArray());
  }

  private static SshSigner key() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519);
  }
}
