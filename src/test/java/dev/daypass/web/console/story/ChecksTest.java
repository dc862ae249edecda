package dev.daypass.web.console.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.CertificateContent;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.Receipt;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.NoteKey;
import dev.daypass.web.console.view.Section;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checks of an entry's page, over a real ledger and over what somebody changed. */
final class ChecksTest {
  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private TestLedger test;
  private Draft draft;
  private Receipt receipt;
  private ReadEntry read;

  @BeforeEach
  void grant() throws Exception {
    test = TestLedger.over(store);
    draft = test.granting("alice");
    EntryNumber number = test.append(draft).number();
    var _ = test.append(TestLedger.started());
    receipt = test.ledger().receipt(number).orElseThrow();
    read = new EntryBrowser(store, test.ledger()::size).entry(number).orElseThrow();
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void everythingHoldsOfWhatWasWritten() {
    Section.Steps steps = Checks.of(read, proof(), draft.certificate(), key());
    assertThat(steps.steps()).hasSize(4).allMatch(Section.Step::passed);
    assertThat(steps.steps().get(2).words()).contains("the tree of 3 entries");
  }

  @Test
  void changedDetailsDoNotHold() {
    JsonObject other = read.details().orElseThrow().toBuilder().put("role", "root").build();
    ReadEntry changed = with(read.entry(), Optional.of(other));
    assertThat(verdicts(Checks.of(changed, proof(), draft.certificate(), key())))
        .containsExactly(false, true, true, true);
  }

  @Test
  void anotherCertificateDoesNotHold() {
    CertificateContent made = draft.certificate().orElseThrow();
    CertificateContent longer = made.withProof(Bytes.ofUtf8("x")).withoutProof();
    assertThat(verdicts(Checks.of(read, proof(), Optional.of(longer), key())))
        .as("the proof is cut out")
        .containsOnly(true);
    CertificateContent other = test.granting("bob").certificate().orElseThrow();
    assertThat(verdicts(Checks.of(read, proof(), Optional.of(other), key())))
        .containsExactly(true, false, true, true);
    assertThat(verdicts(Checks.of(read, proof(), Optional.empty(), key())))
        .as("one that cannot be made again")
        .containsExactly(true, false, true, true);
  }

  @Test
  void anotherEntryOrAnotherKeyDoesNotHold() throws Exception {
    Optional<String> another =
        test.ledger()
            .receipt(new EntryNumber(0))
            .map(each -> new String(each.proofText().toArray(), StandardCharsets.UTF_8));
    assertThat(verdicts(Checks.of(read, another, draft.certificate(), key())))
        .containsExactly(true, true, false, true);
    NoteKey stranger = NoteKey.ofEd25519(TestLedger.ORIGIN, new byte[32]);
    assertThat(verdicts(Checks.of(read, proof(), draft.certificate(), stranger)))
        .containsExactly(true, true, true, false);
    for (Optional<String> none : List.of(Optional.<String>empty(), Optional.of("no proof"))) {
      assertThat(verdicts(Checks.of(read, none, draft.certificate(), key())))
          .containsExactly(true, true, false);
    }
  }

  @Test
  void ofErasedDetailsTheEntryIsStillProved() {
    ReadEntry erased = with(read.entry(), Optional.empty());
    assertThat(verdicts(Checks.of(erased, proof(), Optional.empty(), key())))
        .containsExactly(true, true);
  }

  private ReadEntry with(Entry entry, Optional<JsonObject> details) {
    return new ReadEntry(
        read.number(),
        entry,
        details,
        new StoredEntry(read.number(), entry.encode(), details.map(CanonicalJson::encode)));
  }

  private static List<Boolean> verdicts(Section.Steps steps) {
    return steps.steps().stream().map(Section.Step::passed).toList();
  }

  private Optional<String> proof() {
    return Optional.of(new String(receipt.proofText().toArray(), StandardCharsets.UTF_8));
  }

  private NoteKey key() {
    return NoteKey.ofEd25519(TestLedger.ORIGIN, test.ledgerKey().point().toArray());
  }
}
