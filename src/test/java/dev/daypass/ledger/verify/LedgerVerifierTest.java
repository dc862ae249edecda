package dev.daypass.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.KeyId;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.TreeSize;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LedgerVerifierTest {
  private InMemoryLedgerStore store;
  private TestLedger test;

  @BeforeEach
  void fill() throws Exception {
    store = new InMemoryLedgerStore();
    test = TestLedger.over(store);
    test.appendTogether(IntStream.range(0, 600).mapToObj(i -> test.granting("u" + i)).toList());
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void findsNoFaultInAGoodLedger() throws Exception {
    LedgerReport report = verify(test.rebuild());
    assertThat(report.faults()).isEmpty();
    assertThat(report.size()).isEqualTo(new TreeSize(601));
    assertThat(report.rebuilt()).isEqualTo(600);
    assertThat(report.signed()).isEqualTo(new TreeSize(601));
    assertThat(report.erased()).isZero();
  }

  @Test
  void countsErasedDetailsAndStillVerifies() throws Exception {
    Draft erasure = Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE);
    test.ledger().erase(new EntryNumber(7), erasure);
    LedgerReport report = verify(test.rebuild());
    assertThat(report.faults()).isEmpty();
    assertThat(report.erased()).isEqualTo(1);
  }

  @Test
  void findsAChangedEntry() throws Exception {
    tamper(300, entry -> entry.replace("T01:", "T02:"), details -> details);
    assertThat(problems())
        .anyMatch(problem -> problem.contains("frontier"))
        .anyMatch(problem -> problem.contains("tile 0/1"))
        .anyMatch(problem -> problem.contains("another tree was signed"))
        .anyMatch(problem -> problem.contains("time is before"));
  }

  @Test
  void findsChangedDetails() throws Exception {
    tamper(42, entry -> entry, details -> details.replace("\"u", "\"v"));
    assertThat(verify(test.rebuild()).faults())
        .containsExactly(
            new LedgerFault(
                Optional.of(new EntryNumber(42)), "the details are not those that were hashed"));
  }

  @Test
  void findsAnEntryThatIsNotCanonical() throws Exception {
    tamper(42, entry -> entry.replace(":1}", ": 1}"), details -> details);
    assertThat(problems()).anyMatch(problem -> problem.contains("not an entry"));
  }

  @Test
  void findsAnotherLedgersKey() throws Exception {
    Ed25519PublicKey other =
        (Ed25519PublicKey) OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
    LedgerVerifier verifier =
        new LedgerVerifier(store, TestLedger.ORIGIN, other, CertificateRebuild.NONE);
    assertThat(verifier.verify(List.of(test.ledger().checkpoint().note())).faults())
        .extracting(LedgerFault::problem)
        .containsOnly("a checkpoint is not signed by this ledger's key");
  }

  @Test
  void findsAnotherOrigin() throws Exception {
    LedgerVerifier verifier =
        new LedgerVerifier(store, "other", test.ledgerKey(), CertificateRebuild.NONE);
    assertThat(verifier.verify(List.of()).faults())
        .extracting(LedgerFault::problem)
        .contains("the ledger was created with another origin");
  }

  @Test
  void findsCertificatesThatAreNotThoseCommittedTo() throws Exception {
    LedgerReport report =
        verify((kind, details) -> test.rebuild().content(kind, details).map(this::withOtherKeyId));
    assertThat(report.good()).isFalse();
    assertThat(report.rebuilt()).isZero();
    assertThat(report.faults()).hasSize(LedgerVerifier.MAX_FAULTS);
  }

  @Test
  void findsThatSignedEntriesAreGone() throws Exception {
    InMemoryLedgerStore shorter = new InMemoryLedgerStore();
    TestLedger.over(shorter).close();
    LedgerVerifier verifier =
        new LedgerVerifier(shorter, TestLedger.ORIGIN, test.ledgerKey(), CertificateRebuild.NONE);
    assertThat(verifier.verify(List.of(test.ledger().checkpoint().note())).faults())
        .extracting(LedgerFault::problem)
        .contains("entries are missing: 601 were signed");
  }

  private LedgerReport verify(CertificateRebuild rebuild) throws Exception {
    return new LedgerVerifier(store, TestLedger.ORIGIN, test.ledgerKey(), rebuild)
        .verify(List.of(test.ledger().checkpoint().note()));
  }

  private List<String> problems() throws Exception {
    return verify(test.rebuild()).faults().stream().map(LedgerFault::problem).toList();
  }

  private CertificateContent withOtherKeyId(CertificateContent content) {
    return new CertificateContent(
        content.type(),
        content.nonce(),
        content.publicKey(),
        content.serial(),
        new KeyId("somebody else"),
        content.principals(),
        content.window(),
        content.criticalOptions(),
        content.extensions(),
        content.caKey());
  }

  private void tamper(
      long number, UnaryOperator<String> changeOfEntry, UnaryOperator<String> changeOfDetails)
      throws Exception {
    StoredEntry stored = store.entry(new EntryNumber(number)).orElseThrow();
    store.tamper(
        stored.number(),
        Bytes.ofUtf8(changeOfEntry.apply(stored.entry().utf8())),
        Bytes.ofUtf8(changeOfDetails.apply(stored.details().orElseThrow().utf8())));
  }
}
