package dev.daypass.custody.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.custody.socket.FakePeer;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.SignerRates;
import dev.daypass.signer.SignerRefused;
import dev.daypass.signer.SignerRefused.Reason;
import dev.daypass.signer.SignerScenario;
import dev.daypass.signer.SignerScenario.Request;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Growth;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.InclusionProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real signer behind a real socket, asked by a daemon that was taken over. */
final class RemoteSignerTest {
  private static final String ME = System.getProperty("user.name");

  private final SignerScenario ledger = new SignerScenario();
  private Path socket;
  private SignerListener listener;
  private RemoteSigner signer;

  RemoteSignerTest() throws Exception {}

  @BeforeEach
  void start() throws IOException {
    socket = Files.createTempDirectory("dp-signer").resolve("s");
    listen();
    signer = RemoteSigner.open(socket);
  }

  @AfterEach
  void stop() throws IOException {
    signer.close();
    listener.close();
    Files.delete(socket.resolveSibling(""));
  }

  @ParameterizedTest
  @EnumSource
  void signsWhatTheLedgerGranted(CertificateType type) throws Exception {
    Request request = ledger.grant(type).getFirst();
    Certificate certificate = sign(request);
    assertThat(certificate.content()).isEqualTo(request.content());
    assertThat(certificate.signatureVerifies()).isTrue();
    assertThat(signer.keys()).isEqualTo(ledger.signer().keys());
    assertThat(signer.head()).isEqualTo(ledger.signer().head());
  }

  @Test
  void signsACheckpointThatContinuesItsHead() throws Exception {
    Growth growth = ledger.grow(List.of("one", "two"));
    SignedCheckpoint signed =
        signer.signCheckpoint(
            SignerScenario.checkpoint(growth.frontier()), growth.consistencyProof());
    assertThat(signed.checkpoint().size()).isEqualTo(ledger.frontier().size());
    assertThat(signer.head().root()).isEqualTo(ledger.frontier().root());
  }

  @Test
  void refusesForgedAndAbsentInclusion() throws Exception {
    Request request = ledger.grant(CertificateType.USER).getFirst();
    InclusionProof proof = request.inclusion();
    refuses(
        Reason.NOT_INCLUDED,
        request.with(new InclusionProof(proof.index(), proof.size(), List.of())));
    refuses(
        Reason.NOT_INCLUDED,
        request.with(
            new InclusionProof(proof.index(), proof.size(), List.of(Hash.leaf(new byte[] {1})))));
    // A tree that nobody but the asker knows.
    CertificateContent content =
        SignerScenario.content(CertificateType.USER, ledger.frontier().size().value());
    String entry = SignerScenario.entry(content);
    InclusionProof own =
        ledger.grow(List.of(entry)).inclusionProof(new EntryNumber(content.serial().bits()));
    refuses(
        Reason.UNKNOWN_CHECKPOINT,
        new Request(content.withProof(Bytes.ofUtf8("a proof\n")), Bytes.ofUtf8(entry), own));
  }

  @Test
  void refusesASecondSignatureForAnIndex() throws Exception {
    Request request = ledger.grant(CertificateType.USER).getFirst();
    sign(request);
    refuses(Reason.ALREADY_SIGNED, request);
    assertThatExceptionOfType(SignerRefused.class)
        .isThrownBy(() -> sign(request))
        .withMessage("ALREADY_SIGNED: entry " + request.inclusion().index());
  }

  @Test
  void refusesAForkOfItsHead() throws Exception {
    ledger.append(List.of("one"));
    Growth fork = Frontier.EMPTY.append(List.of(leaf("a"), leaf("b"), leaf("c")));
    for (ConsistencyProof proof :
        List.of(
            fork.consistencyProof(),
            new ConsistencyProof(signer.head().size(), fork.frontier().size(), List.of()))) {
      assertThatExceptionOfType(SignerRefused.class)
          .isThrownBy(
              () -> signer.signCheckpoint(SignerScenario.checkpoint(fork.frontier()), proof))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CONSISTENT));
    }
  }

  @Test
  void refusesAHostCertificateFromTheUserKey() throws Exception {
    CertificateContent host =
        SignerScenario.content(CertificateType.HOST, ledger.frontier().size().value());
    CertificateContent underUserKey = withCaKey(host);
    String entry = SignerScenario.entry(underUserKey);
    InclusionProof proof =
        ledger.append(List.of(entry)).inclusionProof(new EntryNumber(host.serial().bits()));
    refuses(Reason.OTHER_CA_KEY, new Request(underUserKey, Bytes.ofUtf8(entry), proof));
  }

  @Test
  void refusesAWindowOverTheLimit() throws Exception {
    CertificateContent longer =
        withLifetime(
            SignerScenario.content(CertificateType.USER, ledger.frontier().size().value()),
            Duration.ofHours(1).plusSeconds(1));
    String entry = SignerScenario.entry(longer);
    InclusionProof proof =
        ledger.append(List.of(entry)).inclusionProof(new EntryNumber(longer.serial().bits()));
    refuses(
        Reason.NOT_WELL_FORMED,
        new Request(longer.withProof(Bytes.ofUtf8("a proof\n")), Bytes.ofUtf8(entry), proof));
  }

  @Test
  void refusesMoreThanSoManyAMinuteOfEachKey() throws Exception {
    ledger.restartWith(new SignerRates(2, 1, 4));
    listener.close();
    listen();
    List<Request> requests =
        ledger.grant(CertificateType.USER, CertificateType.USER, CertificateType.USER);
    sign(requests.get(0));
    sign(requests.get(1));
    refuses(Reason.TOO_MANY, requests.get(2));
    sign(ledger.grant(CertificateType.HOST).getFirst());
    refuses(Reason.TOO_MANY, ledger.grant(CertificateType.HOST).getFirst());
    ledger.append(List.of("four"));
    assertThatExceptionOfType(SignerRefused.class)
        .isThrownBy(() -> ledger.append(List.of("five")))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY));
  }

  @Test
  void refusesArbitraryBytesAndAnSshsigBlobAsWhatIsToBeSigned() throws Exception {
    Request request = ledger.grant(CertificateType.USER).getFirst();
    Bytes sshSig =
        SshSig.sign(TestKeys.of(SshKeyType.ED25519), "checkpoint@daypass.dev", Bytes.ofUtf8("x"))
            .encode();
    Bytes signedData =
        new WireWriter()
            .raw(Bytes.ofUtf8("SSHSIG"))
            .text("bundle@daypass.dev")
            .string(Bytes.EMPTY)
            .text("sha512")
            .string(Bytes.ofUtf8("x").sha512())
            .toBytes();
    for (Bytes other :
        List.of(
            sshSig,
            signedData,
            Bytes.EMPTY,
            Bytes.ofUtf8("arbitrary"),
            request.content().toBeSigned().concat(Bytes.of(new byte[1])),
            Bytes.ofUtf8(SignerScenario.checkpoint(ledger.frontier()).text()))) {
      assertThat(answerTo(question(other, request))).isEqualTo(malformed());
      assertThat(answerTo(other)).isEqualTo(malformed());
    }
    // None of this used up the index.
    assertThat(sign(request).signatureVerifies()).isTrue();
  }

  @Test
  void saysUnavailableWhileTheSignerIsAwayAndGoesOnWithoutARestart() throws Exception {
    signer.head();
    listener.close();
    assertThatExceptionOfType(SignerRefused.class)
        .isThrownBy(signer::head)
        .satisfies(e -> {
          assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
          assertThat(e.reason().stopsTheLedger()).isFalse();
        });
    ledger.restart();
    listen();
    assertThat(signer.head()).isEqualTo(ledger.signer().head());
  }

  @Test
  void believesNoSignatureThatDoesNotVerify() throws Exception {
    Request request = ledger.grant(CertificateType.USER).getFirst();
    Certificate other = ledger.sign(ledger.grant(CertificateType.USER).getFirst());
    Bytes forged = new SignerAnswer.Certificate(other.signature()).encode();
    listener.close();
    try (FakePeer _ =
        FakePeer.at(
            socket,
            (_, out) -> {
              out.writeInt(forged.size());
              out.write(forged.toArray());
            })) {
      refuses(Reason.KEY_FAILED, request);
    }
    listen();
  }

  @Test
  void servesNobodyElse() throws Exception {
    listener.close();
    listener = SignerListener.open(socket, "nobody-else", ledger.signer(), () -> {});
    assertThatIOException().isThrownBy(() -> RemoteSigner.open(socket));
    assertThat(Files.getPosixFilePermissions(socket).toString()).doesNotContain("OTHERS");
  }

  private void listen() throws IOException {
    listener = SignerListener.open(socket, ME, ledger.signer(), () -> {});
  }

  private Certificate sign(Request request) throws SignerRefused {
    return signer.signCertificate(request.content(), request.entry(), request.inclusion());
  }

  private void refuses(Reason reason, Request request) {
    assertThatExceptionOfType(SignerRefused.class)
        .isThrownBy(() -> sign(request))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private Bytes answerTo(Bytes question) {
    return SignerListener.answer(ledger.signer(), question, () -> {});
  }

  private static Bytes malformed() {
    return new SignerAnswer.Refused(Reason.MALFORMED, "not a question in its one form").encode();
  }

  /** A question for a certificate, with other bytes in its place. */
  private static Bytes question(Bytes toBeSigned, Request request) {
    WireWriter writer =
        new WireWriter()
            .uint8(3)
            .string(toBeSigned)
            .string(request.entry())
            .uint64(request.inclusion().index().value())
            .uint64(request.inclusion().size().value())
            .uint32(request.inclusion().hashes().size());
    request.inclusion().hashes().forEach(hash -> writer.raw(Bytes.of(hash.toArray())));
    return writer.toBytes();
  }

  private static Hash leaf(String entry) {
    return Hash.leaf(Bytes.ofUtf8(entry).toArray());
  }

  private CertificateContent withCaKey(CertificateContent c) {
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
        signer.keys().userCa());
  }

  private static CertificateContent withLifetime(CertificateContent c, Duration lifetime) {
    return new CertificateContent(
        c.type(),
        c.nonce(),
        c.publicKey(),
        c.serial(),
        c.keyId(),
        c.principals(),
        new ValidityWindow(c.window().validAfter(), c.window().validAfter().plus(lifetime)),
        c.criticalOptions(),
        c.extensions(),
        c.caKey());
  }
}
