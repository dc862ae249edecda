package dev.daypass.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.Erasure;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.FullTile;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.NoteSignature;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TreeSize;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault of a stored ledger by its name, and nothing else named beside it. */
final class LedgerFaultTest {
  private static final int SIZE = 520;
  private static final String FOREIGN = "a checkpoint is not signed by this ledger's key";
  private static final String GONE = "its details are gone, and no later entry erased them";
  private static final String FRONTIER = "the stored frontier is not that of the entries";
  private static final String OTHER_TREE = "another tree was signed at size 520";

  private InMemoryLedgerStore store;
  private TestLedger test;

  @BeforeEach
  void fill() throws Exception {
    store = new InMemoryLedgerStore();
    test = TestLedger.over(store);
    test.appendTogether(Collections.nCopies(SIZE - 1, TestLedger.started()));
    // The store's own is of an earlier size, and of which one depends on the batches.
    store.replaceCheckpoint(test.ledger().checkpoint().note().encode());
    assertThat(verify()).as("good at first").isEmpty();
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void namesTheEntryWhoseDetailsWereChanged() throws Exception {
    StoredEntry stored = stored(300);
    tamper(300, stored.entry(), Bytes.ofUtf8("{}"));
    assertThat(verify())
        .containsExactly(LedgerFault.of(300, "the details are not those that were hashed"));
  }

  @Test
  void namesBothEntriesWhoseDetailsWereSwapped() throws Exception {
    StoredEntry one = stored(300);
    StoredEntry two = stored(301);
    tamper(300, one.entry(), two.details().orElseThrow());
    tamper(301, two.entry(), one.details().orElseThrow());
    assertThat(verify())
        .containsExactly(
            LedgerFault.of(300, "the details are not those that were hashed"),
            LedgerFault.of(301, "the details are not those that were hashed"));
  }

  @Test
  void namesEachEntryWhoseDetailsWereTakenAway() throws Exception {
    store.loseDetails(new EntryNumber(301));
    store.loseDetails(new EntryNumber(300));
    store.loseDetails(new EntryNumber(SIZE - 1));
    assertThat(verify())
        .containsExactly(
            LedgerFault.of(300, GONE), LedgerFault.of(301, GONE), LedgerFault.of(SIZE - 1, GONE));
    assertThat(report().erased()).isZero();
  }

  @Test
  void takesAnErasureForTheEntryThatItNamesOnly() throws Exception {
    erase(300);
    store.loseDetails(new EntryNumber(301));
    assertThat(verify()).containsExactly(LedgerFault.of(301, GONE));
    assertThat(report().erased()).isEqualTo(1);
  }

  @Test
  void namesTheErasedEntryTooWhenItsErasureLostItsDetails() throws Exception {
    erase(300);
    store.loseDetails(new EntryNumber(SIZE));
    assertThat(verify()).containsExactly(LedgerFault.of(300, GONE), LedgerFault.of(SIZE, GONE));
  }

  @Test
  void namesAnErasureThatNamesNoEarlierEntry() throws Exception {
    String problem = "it erased details, and names no earlier entry";
    for (String name : List.of("520", "520", "0300", "-1", "x", "9999999999999999999")) {
      JsonObject details = JsonObject.builder().put("entry", name).build();
      test.append(Draft.of(EntryKind.DETAILS_ERASED, details, SearchKeys.NONE));
    }
    test.append(Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE));
    assertThat(verify())
        .containsExactly(
            LedgerFault.of(520, problem),
            LedgerFault.of(522, problem),
            LedgerFault.of(523, problem),
            LedgerFault.of(524, problem),
            LedgerFault.of(525, problem),
            LedgerFault.of(526, problem));
  }

  @Test
  void findsThatAnEntryAndItsDetailsWereExchangedTogether() throws Exception {
    StoredEntry other = stored(299);
    tamper(300, other.entry(), other.details().orElseThrow());
    assertThat(verify())
        .containsExactlyInAnyOrder(
            LedgerFault.of(300, "its hash is not the one in its tile"),
            LedgerFault.ofLedger("tile 0/1 is missing or is not its tree's"),
            LedgerFault.ofLedger(FRONTIER),
            LedgerFault.ofLedger(OTHER_TREE));
  }

  @Test
  void findsAChangeOfTheLastEntryThatIsInNoTile() throws Exception {
    StoredEntry other = stored(SIZE - 2);
    StoredEntry last = stored(SIZE - 1);
    assertThat(other.entry()).isNotEqualTo(last.entry());
    tamper(SIZE - 1, other.entry(), other.details().orElseThrow());
    assertThat(verify()).contains(LedgerFault.ofLedger(FRONTIER), LedgerFault.ofLedger(OTHER_TREE));
  }

  @Test
  void namesTheEntryThatIsASecondCreation() throws Exception {
    StoredEntry created = stored(0);
    tamper(300, created.entry(), created.details().orElseThrow());
    assertThat(verify()).contains(LedgerFault.of(300, "entry 0, and no other, is ledger.created"));
  }

  @Test
  void namesTheEntryThatIsMissing() throws Exception {
    store.lose(new EntryNumber(300));
    assertThat(verify()).contains(LedgerFault.of(300, "the entry is missing"));
    store.lose(new EntryNumber(0));
    assertThat(verify()).contains(LedgerFault.of(0, "the entry is missing"));
  }

  @Test
  void namesTheEntryFromWhichOnAllAreMissing() throws Exception {
    for (int number = 400; number < SIZE; number++) {
      store.lose(new EntryNumber(number));
    }
    assertThat(verify())
        .containsExactlyInAnyOrder(
            LedgerFault.of(400, "the entry is missing"),
            LedgerFault.ofLedger(FRONTIER),
            LedgerFault.ofLedger("entries are missing: 520 were signed"));
  }

  @Test
  void namesTheTileThatIsMissing() throws Exception {
    store.loseTile(0, 1);
    assertThat(verify())
        .containsExactly(LedgerFault.ofLedger("tile 0/1 is missing or is not its tree's"));
  }

  @Test
  void namesTheTileWhoseHashesOrRootWereChanged() throws Exception {
    Bytes hashes = store.tile(0, 0).orElseThrow();
    Hash root = store.tileRoots(0, 0, 1).getFirst();
    LedgerFault fault = LedgerFault.ofLedger("tile 0/0 is missing or is not its tree's");
    byte[] changed = hashes.toArray();
    changed[8191] ^= 1;
    store.replaceTile(new FullTile(0, 0, Bytes.of(changed), root));
    assertThat(verify())
        .containsExactly(fault, LedgerFault.of(255, "its hash is not the one in its tile"));
    store.replaceTile(new FullTile(0, 0, hashes, store.tileRoots(0, 1, 1).getFirst()));
    assertThat(verify()).containsExactly(fault);
    store.replaceTile(new FullTile(0, 0, hashes, root));
    assertThat(verify()).isEmpty();
  }

  @Test
  void findsACheckpointThatAnotherKeySigned() throws Exception {
    SshSigner mallory = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    assertThat(verify(signed(mallory, checkpoint(SIZE, root()))))
        .containsExactly(LedgerFault.ofLedger(FOREIGN));
  }

  @Test
  void findsACheckpointWhoseSignatureIsOfAnother() throws Exception {
    SignedNote good = signed(test.ledgerSigner(), checkpoint(SIZE, root()));
    SignedNote forged = new SignedNote(checkpoint(SIZE, Hash.EMPTY_ROOT).text(), good.signatures());
    assertThat(verify(good)).isEmpty();
    assertThat(verify(forged)).containsExactly(LedgerFault.ofLedger(FOREIGN));
  }

  @Test
  void findsACheckpointOfAnotherOriginUnderTheSameKey() throws Exception {
    Checkpoint elsewhere = new Checkpoint("other.example.com", new TreeSize(SIZE), root());
    assertThat(verify(signed(test.ledgerSigner(), elsewhere)))
        .containsExactly(LedgerFault.ofLedger(FOREIGN));
  }

  @Test
  void findsThatTheKeySignedAnotherTree() throws Exception {
    for (int size : new int[] {1, 256, 257, 519}) {
      assertThat(verify(signed(test.ledgerSigner(), checkpoint(size, Hash.EMPTY_ROOT))))
          .containsExactly(LedgerFault.ofLedger("another tree was signed at size " + size));
    }
  }

  @Test
  void findsThatTheKeySignedTwoTreesOfOneSize() throws Exception {
    assertThat(verify(signed(test.ledgerSigner(), checkpoint(SIZE, Hash.EMPTY_ROOT))))
        .contains(LedgerFault.ofLedger("two roots were signed for size 520"));
  }

  @Test
  void findsThatMoreWasSignedThanIsStored() throws Exception {
    assertThat(verify(signed(test.ledgerSigner(), checkpoint(1000, root()))))
        .containsExactly(LedgerFault.ofLedger("entries are missing: 1000 were signed"));
  }

  @Test
  void findsAForgedCheckpointInTheStoreItself() throws Exception {
    SshSigner mallory = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    store.replaceCheckpoint(signed(mallory, checkpoint(SIZE, root())).encode());
    assertThat(verify()).containsExactly(LedgerFault.ofLedger(FOREIGN));
    store.replaceCheckpoint("no note at all");
    assertThat(verify())
        .singleElement()
        .satisfies(fault -> assertThat(fault.problem()).startsWith("a checkpoint is malformed: "));
  }

  @Test
  void stillHoldsGivenCheckpointsAgainstTheLedgerWhenTheStoresIsMalformed() throws Exception {
    store.replaceCheckpoint("no note at all");
    assertThat(verify(signed(test.ledgerSigner(), checkpoint(257, Hash.EMPTY_ROOT))))
        .contains(LedgerFault.ofLedger("another tree was signed at size 257"));
  }

  @Test
  void oneErasureNamesManyEntriesAndNoOthers() throws Exception {
    Draft erasure = Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE);
    List<EntryNumber> named = LongStream.range(10, 266).mapToObj(EntryNumber::new).toList();
    test.remember(test.ledger().erase(new Erasure(named), erasure));
    assertThat(report().faults()).isEmpty();
    assertThat(report().erased()).isEqualTo(256);
    store.loseDetails(new EntryNumber(266));
    assertThat(verify()).containsExactly(LedgerFault.of(266, GONE));
  }

  /** A thief who can write the database and takes an erasure's own details hides nothing. */
  @Test
  void anErasureWithoutItsDetailsExplainsNothing() throws Exception {
    long erasure = test.ledger().size().value();
    erase(7);
    store.loseDetails(new EntryNumber(erasure));
    assertThat(verify()).containsExactly(LedgerFault.of(7, GONE), LedgerFault.of(erasure, GONE));
  }

  private List<LedgerFault> verify(SignedNote... notes) throws Exception {
    return report(notes).faults();
  }

  private LedgerReport report(SignedNote... notes) throws Exception {
    return new LedgerVerifier(store, TestLedger.ORIGIN, test.ledgerKey(), CertificateRebuild.NONE)
        .verify(notes.length > 0 ? List.of(notes) : newest());
  }

  private void erase(long number) throws Exception {
    Draft erasure = Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE);
    test.remember(test.ledger().erase(new EntryNumber(number), erasure));
  }

  private List<SignedNote> newest() throws Exception {
    return List.of(test.ledger().checkpoint().note());
  }

  private Hash root() throws Exception {
    return test.ledger().checkpoint().checkpoint().root();
  }

  private static Checkpoint checkpoint(int size, Hash root) {
    return new Checkpoint(TestLedger.ORIGIN, new TreeSize(size), root);
  }

  /** A note with the ledger's name and key ID, whoever signs it. */
  private SignedNote signed(SshSigner signer, Checkpoint checkpoint) throws Exception {
    NoteKey key = NoteKey.ofEd25519(TestLedger.ORIGIN, test.ledgerKey().point().toArray());
    byte[] text = checkpoint.text().getBytes(StandardCharsets.UTF_8);
    return new SignedNote(
        checkpoint.text(),
        List.of(NoteSignature.of(key, signer.sign(Bytes.of(text)).blob().toArray())));
  }

  private StoredEntry stored(long number) {
    return store.entry(new EntryNumber(number)).orElseThrow();
  }

  private void tamper(long number, Bytes entry, Bytes details) {
    store.tamper(new EntryNumber(number), entry, details);
  }
}
