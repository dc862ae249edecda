package dev.daypass.custody.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.cert.CertificateType;
import dev.daypass.signer.SignerScenario;
import dev.daypass.signer.SignerScenario.Request;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireWriter;
import dev.daypass.tlog.Growth;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SignerQuestionTest {
  private final SignerScenario ledger = new SignerScenario();

  SignerQuestionTest() throws Exception {}

  @Test
  void everyQuestionReadsAsItWasWritten() throws Exception {
    for (SignerQuestion question : questions()) {
      assertThat(SignerQuestion.decode(question.encode())).isEqualTo(question);
    }
  }

  @Test
  void refusesEveryTruncationAndEveryByteMore() throws Exception {
    for (SignerQuestion question : questions()) {
      Bytes whole = question.encode();
      for (int length = 0; length < whole.size(); length++) {
        refuses(whole.slice(0, length));
      }
      refuses(whole.concat(Bytes.of(new byte[1])));
    }
  }

  @Test
  void refusesWhatIsNoQuestion() {
    for (int code : new int[] {0, 4, 13, 255}) {
      refuses(new WireWriter().uint8(code).toBytes());
    }
    // More hashes than bytes, and more than any proof has.
    refuses(
        new WireWriter()
            .uint8(2)
            .text("o")
            .uint64(1)
            .raw(Bytes.of(new byte[32]))
            .uint64(0)
            .uint32(0xffff_ffffL)
            .toBytes());
    // A tree of negative size.
    refuses(
        new WireWriter()
            .uint8(2)
            .text("o")
            .uint64(-1)
            .raw(Bytes.of(new byte[32]))
            .uint64(0)
            .uint32(0)
            .toBytes());
  }

  @Test
  void changedBytesDecodeToThemselvesOrAreRefused() throws Exception {
    Random random = new Random(7);
    for (SignerQuestion question : questions()) {
      byte[] bytes = question.encode().toArray();
      for (int i = 0; i < 5_000; i++) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        SignerQuestions.decodesToTheSameBytesOrRefuses(changed);
      }
    }
  }

  private List<SignerQuestion> questions() throws Exception {
    Growth growth = ledger.append(List.of("one", "two", "three"));
    Request user = ledger.grant(CertificateType.USER).getFirst();
    Request host = ledger.grant(CertificateType.HOST).getFirst();
    return List.of(
        new SignerQuestion.Hello(),
        new SignerQuestion.SignCheckpoint(
            SignerScenario.checkpoint(growth.frontier()),
            growth.consistencyProof(),
            ledger.signer().keys().ledger()),
        new SignerQuestion.SignCertificate(user.content(), user.entry(), user.inclusion()),
        new SignerQuestion.SignCertificate(host.content(), host.entry(), host.inclusion()));
  }

  private static void refuses(Bytes bytes) {
    assertThatExceptionOfType(SshFormatException.class)
        .isThrownBy(() -> SignerQuestion.decode(bytes));
  }
}
