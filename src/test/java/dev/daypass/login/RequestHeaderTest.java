package dev.daypass.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSig;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeaderTest {
  private static final Instant AT = Instant.ofEpochSecond(1_795_223_580);
  private static final String NONCE = "AAECAwQFBgcICQoLDA0ODw";
  private static final SshSig SIGNATURE = signature();
  private static final String BASE64 = SIGNATURE.encode().base64();
  private static final String GOOD = RequestSigner.header(AT, NONCE, SIGNATURE);

  @Test
  void readsItsThreeParts() {
    assertThat(RequestHeader.parse(GOOD))
        .contains(new RequestHeader(1_795_223_580, NONCE, SIGNATURE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSHSIG",
        "sshsig v=1,t=%t,n=%n,s=%s",
        "SSHSIG  v=1,t=%t,n=%n,s=%s",
        " SSHSIG v=1,t=%t,n=%n,s=%s",
        "SSHSIG v=1,t=%t,n=%n,s=%s ",
        "SSHSIG v=1,t=%t,n=%n,s=%s,x=1",
        "SSHSIG v=1,t=%t,n=%n,s=%s\n",
        "SSHSIG v=2,t=%t,n=%n,s=%s",
        "SSHSIG v=1,n=%n,t=%t,s=%s",
        "SSHSIG v=1, t=%t, n=%n, s=%s",
        "SSHSIG v=1,t=%t,t=%t,n=%n,s=%s",
        "SSHSIG v=1,t=0%t,n=%n,s=%s",
        "SSHSIG v=1,t=-%t,n=%n,s=%s",
        "SSHSIG v=1,t=+%t,n=%n,s=%s",
        "SSHSIG v=1,t=%t.0,n=%n,s=%s",
        "SSHSIG v=1,t=,n=%n,s=%s",
        "SSHSIG v=1,t=99999999999999999999,n=%n,s=%s",
        "SSHSIG v=1,t=%t,n=,s=%s",
        "SSHSIG v=1,t=%t,n=%nA,s=%s",
        "SSHSIG v=1,t=%t,n=%n==,s=%s",
        "SSHSIG v=1,t=%t,n=AAECAwQFBgcICQoLDA0OD,s=%s",
        "SSHSIG v=1,t=%t,n=AAECAwQFBgcICQoLDA0ODx,s=%s",
        "SSHSIG v=1,t=%t,n=AAECAwQFBgcICQoLDA0O+w,s=%s",
        "SSHSIG v=1,t=%t,n=%n,s=",
        "SSHSIG v=1,t=%t,n=%n,s=AAAA",
        "SSHSIG v=1,t=%t,n=%n,s=%s=",
        "SSHSIG v=1,t=%t,n=%n,s=%s%s",
        "Bearer %s"
      })
  void readsNoOtherForm(String form) {
    String value = form.replace("%t", "1795223580").replace("%n", NONCE).replace("%s", BASE64);
    assertThat(RequestHeader.parse(value)).isEmpty();
  }

  @Test
  void readsNoHeaderLongerThanAnySignature() {
    String value = "SSHSIG v=1,t=1,n=" + NONCE + ",s=" + "A".repeat(8 * 1024);
    assertThat(RequestHeader.parse(value)).isEmpty();
  }

  @Test
  void readsNoSignatureByACertificate() {
    Bytes certificate =
        new WireWriter(64)
            .text("ssh-ed25519-cert-v01@openssh.com")
            .string(Bytes.of(new byte[32]))
            .toBytes();
    Bytes blob =
        new WireWriter(256)
            .raw(Bytes.ofUtf8("SSHSIG"))
            .uint32(1)
            .string(certificate)
            .text(RequestSignatures.USER_NAMESPACE)
            .string(Bytes.EMPTY)
            .text("sha512")
            .string(SIGNATURE.signature().encode())
            .toBytes();
    String value = "SSHSIG v=1,t=1,n=" + NONCE + ",s=" + blob.base64();
    assertThat(RequestHeader.parse(value)).isEmpty();
  }

  @Test
  void readsWhateverComesWithoutFailing() {
    Random random = new Random(5);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder value = new StringBuilder(GOOD);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(value.length());
        switch (random.nextInt(3)) {
          case 0 -> value.setCharAt(at, (char) (32 + random.nextInt(96)));
          case 1 -> value.deleteCharAt(at);
          default -> value.insert(at, (char) random.nextInt(0x2100));
        }
      }
      RequestHeader.parse(value.toString())
          .ifPresent(header -> {
            assertThat(header.time()).isPositive();
            assertThat(header.nonce()).hasSize(22);
          });
    }
  }

  private static SshSig signature() {
    try {
      OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
      return SshSig.sign(key, RequestSignatures.USER_NAMESPACE, Bytes.ofUtf8("text"));
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }
}
