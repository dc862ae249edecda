package dev.daypass.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cert.CertificateType;
import dev.daypass.cert.lint.LintLimits;
import dev.daypass.signer.SignerRefused.Reason;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigHash;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Growth;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.NoteKey;
import dev.daypass.tlog.TreeSize;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LocalSignerTest {
  private final SignerScenario ledger = new SignerScenario();

  LocalSignerTest() throws Exception {}

  @Test
  void signsCheckpointAsNoteAndAsSshSig() throws Exception {
    Growth growth = ledger.grow(List.of("a", "b"));
    Checkpoint checkpoint = SignerScenario.checkpoint(growth.frontier());

    SignedCheckpoint signed = sign(checkpoint, growth.consistencyProof());

    assertThat(signed.checkpoint()).isEqualTo(checkpoint);
    assertThat(signed.note().text()).isEqualTo(checkpoint.text());
    Ed25519PublicKey key = (Ed25519PublicKey) ledger.signer().keys().ledger();
    NoteKey noteKey = NoteKey.ofEd25519(SignerScenario.ORIGIN, key.point().toArray());
    assertThat(signed.note().signers(Set.of(noteKey))).containsExactly(noteKey);
    assertThat(signed.sshSig().publicKey()).isEqualTo(key);
    assertThat(signed.sshSig().hash()).isEqualTo(SshSigHash.SHA512);
    assertThat(signed.sshSig().verifies("checkpoint@daypass.dev", Bytes.ofUtf8(checkpoint.text())))
        .isTrue();
  }

  @Test
  void makesHeadDurableForEachCheckpoint() throws Exception {
    Growth growth = ledger.append(List.of("a", "b"));

    SignerHead head = new SignerHead(SignerScenario.ORIGIN, new TreeSize(3), root(growth));
    assertThat(ledger.signer().head()).isEqualTo(head);
    assertThat(ledger.headFile.read()).isEqualTo(head);
    assertThat(ledger.headFile.writes()).isEqualTo(2);
  }

  @Test
  void signsItsHeadAgainWithoutWriting() throws Exception {
    sign(SignerScenario.checkpoint(ledger.frontier()), unchanged());
    assertThat(ledger.headFile.writes()).isEqualTo(1);
  }

  @Test
  void refusesAnotherOrigin() {
    Growth growth = ledger.grow(List.of("a"));
    Checkpoint other = new Checkpoint("other.example/daypass", new TreeSize(2), root(growth));
    refuses(Reason.OTHER_ORIGIN, () -> sign(other, growth.consistencyProof()));
  }

  @Test
  void refusesSizeBehindItsHead() throws Exception {
    Frontier old = ledger.frontier();
    ledger.append(List.of("a"));
    ConsistencyProof none = new ConsistencyProof(old.size(), old.size(), List.of());
    refuses(Reason.BEHIND_HEAD, () -> sign(SignerScenario.checkpoint(old), none));
  }

  @Test
  void refusesAnotherRootAtTheSameSize() {
    Checkpoint forged =
        new Checkpoint(SignerScenario.ORIGIN, new TreeSize(1), Hash.leaf(new byte[] {1}));
    refuses(Reason.NOT_CONSISTENT, () -> sign(forged, unchanged()));
  }

  @Test
  void refusesTreeThatDoesNotContinueItsHead() throws Exception {
    Growth fork = Frontier.EMPTY.append(List.of(leaf("x"))).frontier().append(List.of(leaf("y")));
    refuses(
        Reason.NOT_CONSISTENT,
        () -> sign(SignerScenario.checkpoint(fork.frontier()), fork.consistencyProof()));
    ledger.append(List.of("a"));
    assertThat(ledger.signer().head().size()).isEqualTo(new TreeSize(2));
  }

  @Test
  void refusesProofFromAnotherSizeThanItsHead() throws Exception {
    ledger.append(List.of("a"));
    Growth growth = Frontier.EMPTY.append(List.of(leaf("x"), leaf("y"), leaf("z")));
    refuses(
        Reason.NOT_CONSISTENT,
        () -> sign(SignerScenario.checkpoint(growth.frontier()), growth.consistencyProof()));
  }

  @Test
  void refusesProofToAnotherSize() {
    Growth growth = ledger.grow(List.of("a"));
    Growth further = ledger.grow(List.of("b"));
    refuses(
        Reason.NOT_CONSISTENT,
        () -> sign(SignerScenario.checkpoint(further.frontier()), growth.consistencyProof()));
  }

  @Test
  void signsNothingMoreOnceHeadCouldNotBeWritten() throws Exception {
    Growth growth = ledger.grow(List.of("a"));
    Checkpoint checkpoint = SignerScenario.checkpoint(growth.frontier());
    ledger.headFile.fail();
    refuses(Reason.HEAD_NOT_DURABLE, () -> sign(checkpoint, growth.consistencyProof()));

    ledger.headFile.heal();
    refuses(Reason.HEAD_NOT_DURABLE, () -> sign(checkpoint, growth.consistencyProof()));
    assertThat(ledger.headFile.writes()).isEqualTo(1);

    ledger.restart();
    assertThat(sign(checkpoint, growth.consistencyProof()).checkpoint()).isEqualTo(checkpoint);
  }

  @Test
  void catchesUpWithStoreThatIsAheadAfterRestart() throws Exception {
    Frontier head = ledger.frontier();
    ledger.grow(List.of("a"));
    ledger.restart();

    assertThat(ledger.signer().head().size()).isEqualTo(head.size());
    Growth growth = head.append(List.of(leaf("a"), leaf("b")));
    sign(SignerScenario.checkpoint(growth.frontier()), growth.consistencyProof());
    assertThat(ledger.signer().head().size()).isEqualTo(new TreeSize(3));
  }

  @Test
  void keepsHeadWhenLedgerKeyFailsAndSignsItLater() throws Exception {
    Growth growth = ledger.grow(List.of("a"));
    Checkpoint checkpoint = SignerScenario.checkpoint(growth.frontier());
    for (FaultySigner.Fault fault :
        List.of(FaultySigner.Fault.FAILS, FaultySigner.Fault.SIGNS_SOMETHING_ELSE)) {
      ledger.ledger.become(fault);
      ConsistencyProof proof =
          ledger.signer().head().size().value() == 1 ? growth.consistencyProof() : unchanged();
      refuses(Reason.KEY_FAILED, () -> sign(checkpoint, proof));
      assertThat(ledger.signer().head().root()).isEqualTo(checkpoint.root());
    }
    ledger.ledger.become(FaultySigner.Fault.NONE);
    assertThat(sign(checkpoint, unchanged()).checkpoint()).isEqualTo(checkpoint);
  }

  @Test
  void opensEntriesOfCheckpointWhoseSigningFailedBefore() throws Exception {
    ledger.ledger.become(FaultySigner.Fault.FAILS);
    refuses(Reason.KEY_FAILED, () -> ledger.grant(CertificateType.USER));
    ledger.ledger.become(FaultySigner.Fault.NONE);
    sign(SignerScenario.checkpoint(ledger.frontier()), unchanged());

    assertThat(ledger.grant(CertificateType.USER)).allSatisfy(request -> ledger.sign(request));
  }

  @Test
  void saysWhichRefusalsContradictTheLedger() {
    assertThat(List.of(Reason.values()).stream().filter(Reason::stopsTheLedger))
        .containsExactly(
            Reason.OTHER_ORIGIN,
            Reason.BEHIND_HEAD,
            Reason.NOT_CONSISTENT,
            Reason.HEAD_NOT_DURABLE);
  }

  @Test
  void holdsThreeDifferentKeysAndAnEd25519LedgerKey() {
    OpenSshPrivateKey one = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    OpenSshPrivateKey two = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    OpenSshPrivateKey ecdsa = OpenSshPrivateKey.generate(SshKeyType.ECDSA_P256);
    assertThatIllegalArgumentException().isThrownBy(() -> new SignerKeys(one, one, two));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignerKeys(one, two, one));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignerKeys(two, one, one));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignerKeys(one, two, ecdsa));
    assertThat(new SignerKeys(ecdsa, one, two).publicKeys().userCa()).isEqualTo(ecdsa.publicKey());
  }

  @Test
  void limitsAreForCompleteCertificates() {
    LintLimits complete = LintLimits.complete(Duration.ofHours(1));
    LintLimits draft = LintLimits.draft(Duration.ofHours(1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignerLimits(complete, draft));
    assertThatIllegalArgumentException().isThrownBy(() -> new SignerLimits(draft, complete));
  }

  private SignedCheckpoint sign(Checkpoint checkpoint, ConsistencyProof proof)
      throws SignerRefused {
    return ledger.signer().signCheckpoint(checkpoint, proof);
  }

  private ConsistencyProof unchanged() {
    TreeSize size = ledger.signer().head().size();
    return new ConsistencyProof(size, size, List.of());
  }

  private static Hash root(Growth growth) {
    return growth.frontier().root();
  }

  private static Hash leaf(String entry) {
    return Hash.leaf(Bytes.ofUtf8(entry).toArray());
  }

  private static void refuses(Reason reason, ThrowingCallable signing) {
    assertThatThrownBy(signing)
        .isInstanceOfSatisfying(
            SignerRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
