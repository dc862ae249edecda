package dev.daypass.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.signer.SignerRefused.Reason;
import dev.daypass.signer.SignerScenario.Request;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Growth;
import dev.daypass.tlog.InclusionProof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateSignerTest {
  private final SignerScenario ledger = new SignerScenario();

  CertificateSignerTest() throws Exception {}

  @ParameterizedTest
  @EnumSource
  void signsWhatTheLedgerGranted(CertificateType type) throws Exception {
    Request request = one(type);

    Certificate certificate = ledger.sign(request);

    assertThat(certificate.content()).isEqualTo(request.content());
    assertThat(certificate.signatureVerifies()).isTrue();
  }

  @Test
  void signsUnderEachCaItsOwnType() throws Exception {
    PublicKeys keys = ledger.signer().keys();
    assertThat(ledger.sign(one(CertificateType.USER)).content().caKey()).isEqualTo(keys.userCa());
    assertThat(ledger.sign(one(CertificateType.HOST)).content().caKey()).isEqualTo(keys.hostCa());
  }

  @Test
  void signsUnderEachOfItsCaKeysAndUnderNoOtherOnceItIsGone() throws Exception {
    SshSigner next = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    CertificateContent content = withCaKey(one(CertificateType.USER).content(), next.publicKey());
    refuses(Reason.OTHER_CA_KEY, logged(content));
    ledger.holdAsWell(next);
    assertThat(ledger.sign(logged(content)).content().caKey()).isEqualTo(next.publicKey());
    assertThat(ledger.sign(one(CertificateType.USER)).signatureVerifies()).isTrue();
    CertificateContent host = withCaKey(one(CertificateType.HOST).content(), next.publicKey());
    refuses(Reason.OTHER_CA_KEY, logged(host));
  }

  @ParameterizedTest
  @EnumSource
  void refusesTheOtherTypesCaKey(CertificateType type) throws Exception {
    PublicKeys keys = ledger.signer().keys();
    SshPublicKey other = type == CertificateType.USER ? keys.hostCa() : keys.userCa();
    CertificateContent content = withCaKey(one(type).content(), other);
    refuses(Reason.OTHER_CA_KEY, logged(content));
  }

  @Test
  void refusesUserCertificateGrantedAsHostCertificate() throws Exception {
    CertificateContent content = content(CertificateType.USER);
    String entry = SignerScenario.entry("host-certificate.granted", content.commitment());
    refuses(Reason.NOT_ITS_ENTRY, logged(content, entry));
  }

  @Test
  void refusesHostCertificateGrantedAsUserCertificate() throws Exception {
    CertificateContent content = content(CertificateType.HOST);
    String entry = SignerScenario.entry("certificate.granted", content.commitment());
    refuses(Reason.NOT_ITS_ENTRY, logged(content, entry));
  }

  @Test
  void refusesEntryOfAnotherKind() throws Exception {
    CertificateContent content = content(CertificateType.USER);
    String entry = SignerScenario.entry("certificate.failed", content.commitment());
    refuses(Reason.NOT_ITS_ENTRY, logged(content, entry));
  }

  @Test
  void refusesContentThatTheEntryDoesNotCommitTo() throws Exception {
    Request request = one(CertificateType.USER);
    CertificateContent content = withPrincipal(request.content(), "daypass:root");
    refuses(Reason.NOT_ITS_ENTRY, request.with(content));
  }

  @Test
  void refusesEntryThatIsNotInTheTree() throws Exception {
    CertificateContent content = withPrincipal(one(CertificateType.USER).content(), "daypass:root");
    Request good = one(CertificateType.USER);
    CertificateContent forged = content.withSerial(good.content().serial());
    Bytes entry = Bytes.ofUtf8(SignerScenario.entry(forged));
    refuses(Reason.NOT_INCLUDED, new Request(forged, entry, good.inclusion()));
  }

  @Test
  void refusesSerialThatIsNotTheIndex() throws Exception {
    Request request = one(CertificateType.USER);
    long index = request.inclusion().index().value();
    refuses(
        Reason.SERIAL_IS_NOT_INDEX,
        request.with(request.content().withSerial(new Serial(index + 1))));
    refuses(
        Reason.SERIAL_IS_NOT_INDEX,
        request.with(request.content().withSerial(new Serial(index | Long.MIN_VALUE))));
  }

  @Test
  void refusesProofIntoTreeThatItDidNotSign() throws Exception {
    CertificateContent content = content(CertificateType.USER);
    String entry = SignerScenario.entry(content);
    Growth unsigned = ledger.grow(List.of(entry));
    InclusionProof inclusion = unsigned.inclusionProof(new EntryNumber(content.serial().bits()));
    refuses(
        Reason.UNKNOWN_CHECKPOINT, new Request(complete(content), Bytes.ofUtf8(entry), inclusion));
  }

  @Test
  void refusesProofWithoutHashes() throws Exception {
    Request request = one(CertificateType.USER);
    InclusionProof proof = request.inclusion();
    refuses(
        Reason.NOT_INCLUDED,
        request.with(new InclusionProof(proof.index(), proof.size(), List.of())));
  }

  @Test
  void signsOncePerIndex() throws Exception {
    Request request = one(CertificateType.USER);
    ledger.sign(request);
    refuses(Reason.ALREADY_SIGNED, request);
  }

  @Test
  void signsAnEntryOfAnOlderCheckpointWhileNewerOnesAreSigned() throws Exception {
    List<Request> inFlight = ledger.grant(CertificateType.USER, CertificateType.HOST);
    for (int i = 0; i < 10; i++) {
      one(CertificateType.USER);
    }
    for (Request request : inFlight) {
      assertThat(ledger.sign(request).signatureVerifies()).isTrue();
      refuses(Reason.ALREADY_SIGNED, request);
    }
  }

  @Test
  void refusesAnEntryThatIsTooManyCheckpointsOld() throws Exception {
    Request old = one(CertificateType.USER);
    for (int i = 0; i < SigningWindow.MAX_CHECKPOINTS; i++) {
      ledger.append(List.of("entry " + i));
    }
    refuses(Reason.UNKNOWN_CHECKPOINT, old);
  }

  @Test
  void signsNothingBelowTheHeadAfterRestart() throws Exception {
    Request before = one(CertificateType.USER);
    ledger.restart();
    refuses(Reason.UNKNOWN_CHECKPOINT, before);

    SignerHead head = ledger.signer().head();
    ledger
        .signer()
        .signCheckpoint(
            SignerScenario.checkpoint(ledger.frontier()),
            new ConsistencyProof(head.size(), head.size(), List.of()));
    refuses(Reason.INDEX_NOT_OPEN, before);
    assertThat(ledger.sign(one(CertificateType.USER)).signatureVerifies()).isTrue();
  }

  @Test
  void refusalDoesNotUseUpTheIndex() throws Exception {
    Request request = one(CertificateType.USER);
    refuses(Reason.NOT_ITS_ENTRY, request.with(Bytes.ofUtf8("{}")));
    refuses(Reason.NOT_WELL_FORMED, request.with(request.content().withoutProof()));
    assertThat(ledger.sign(request).signatureVerifies()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void refusesLifetimeBeyondTheKeysLimit(CertificateType type) throws Exception {
    Duration limit =
        type == CertificateType.USER ? SignerScenario.USER_LIFETIME : SignerScenario.HOST_LIFETIME;
    CertificateContent content = withLifetime(content(type), limit.plusSeconds(1));
    refuses(Reason.NOT_WELL_FORMED, logged(content));
  }

  @Test
  void refusesWhatTheLinterRefuses() throws Exception {
    CertificateContent content = withPrincipal(content(CertificateType.USER), "daypass:a,root");
    refuses(Reason.NOT_WELL_FORMED, logged(content));
  }

  @Test
  void releasesNoCertificateWhenTheKeyFailsAndUsesUpTheIndex() throws Exception {
    for (FaultySigner.Fault fault :
        List.of(FaultySigner.Fault.FAILS, FaultySigner.Fault.SIGNS_SOMETHING_ELSE)) {
      Request request = one(CertificateType.USER);
      ledger.userCa.become(fault);
      refuses(Reason.KEY_FAILED, request);
      ledger.userCa.become(FaultySigner.Fault.NONE);
      refuses(Reason.ALREADY_SIGNED, request);
    }
  }

  @Test
  void ofManyThreadsExactlyOneGetsTheCertificate() throws Exception {
    Request request = one(CertificateType.USER);
    Callable<Boolean> attempt =
        () -> {
          try {
            ledger.sign(request);
            return true;
          } catch (SignerRefused refused) {
            assertThat(refused.reason()).isEqualTo(Reason.ALREADY_SIGNED);
            return false;
          }
        };
    List<Boolean> released = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(64, attempt))) {
        released.add(done.get());
      }
    }
    assertThat(released).containsOnlyOnce(true);
  }

  private Request one(CertificateType type) throws SignerRefused {
    return ledger.grant(type).getFirst();
  }

  /** Content that fits the next index. */
  private CertificateContent content(CertificateType type) {
    return SignerScenario.content(type, ledger.frontier().size().value());
  }

  private Request logged(CertificateContent content) throws SignerRefused {
    CertificateContent numbered =
        content.withoutProof().withSerial(new Serial(ledger.frontier().size().value()));
    return logged(numbered, SignerScenario.entry(numbered));
  }

  private Request logged(CertificateContent content, String entry) throws SignerRefused {
    Growth growth = ledger.append(List.of(entry));
    EntryNumber number = new EntryNumber(content.serial().bits());
    return new Request(complete(content), Bytes.ofUtf8(entry), growth.inclusionProof(number));
  }

  private static CertificateContent complete(CertificateContent content) {
    return content.type() == CertificateType.USER
        ? content.withProof(Bytes.ofUtf8("a proof that servers check\n"))
        : content;
  }

  private static CertificateContent withCaKey(CertificateContent c, SshPublicKey caKey) {
    return new CertificateContent(
        c.type(),
        c.nonce(),
        c.publicKey(),
        c.serial(),
        c.keyId(),
        c.principals(),
        c.window(),
        c.criticalOptions(),
        c.extensions(),
        caKey);
  }

  private static CertificateContent withPrincipal(CertificateContent c, String principal) {
    return new CertificateContent(
        c.type(),
        c.nonce(),
        c.publicKey(),
        c.serial(),
        c.keyId(),
        List.of(new Principal(principal)),
        c.window(),
        c.criticalOptions(),
        c.extensions(),
        c.caKey());
  }

  private static CertificateContent withLifetime(CertificateContent c, Duration lifetime) {
    ValidityWindow window =
        new ValidityWindow(c.window().validAfter(), c.window().validAfter().plus(lifetime));
    return new CertificateContent(
        c.type(),
        c.nonce(),
        c.publicKey(),
        c.serial(),
        c.keyId(),
        c.principals(),
        window,
        c.criticalOptions(),
        c.extensions(),
        c.caKey());
  }

  private void refuses(Reason reason, Request request) {
    assertThatThrownBy(() -> ledger.sign(request))
        .isInstanceOfSatisfying(
            SignerRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
