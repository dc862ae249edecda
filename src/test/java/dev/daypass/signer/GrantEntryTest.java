package dev.daypass.signer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.CertificateType;
import dev.daypass.ssh.Bytes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantEntryTest {
  private static final Bytes COMMITMENT = Bytes.ofUtf8("to be signed").sha256();
  private static final String GRANTED = SignerScenario.entry("certificate.granted", COMMITMENT);

  @Test
  void readsBothKindsOfGrant() {
    assertThat(read(GRANTED).grants(CertificateType.USER, COMMITMENT)).isTrue();
    assertThat(read(GRANTED).grants(CertificateType.HOST, COMMITMENT)).isFalse();
    GrantEntry host = read(SignerScenario.entry("host-certificate.granted", COMMITMENT));
    assertThat(host.grants(CertificateType.HOST, COMMITMENT)).isTrue();
    assertThat(host.grants(CertificateType.USER, COMMITMENT)).isFalse();
  }

  @Test
  void grantsOneCommitmentOnly() {
    assertThat(read(GRANTED).grants(CertificateType.USER, Bytes.ofUtf8("other").sha256()))
        .isFalse();
    assertThat(read(GRANTED).grants(CertificateType.USER, Bytes.EMPTY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "certificate.failed",
        "ledger.created",
        "xcertificate.granted",
        "certificateXgranted"
      })
  void readsNoOtherKind(String kind) {
    assertThat(GrantEntry.read(Bytes.ofUtf8(SignerScenario.entry(kind, COMMITMENT)))).isEmpty();
  }

  @Test
  void readsNothingWithMoreAroundIt() {
    for (String other :
        List.of(
            " " + GRANTED,
            GRANTED + "\n",
            GRANTED + GRANTED,
            GRANTED.replace("{\"at\"", "{ \"at\""),
            GRANTED.replace(",\"v\":1}", ",\"v\":1,\"w\":1}"),
            GRANTED.replace("\"v\":1", "\"v\":2"),
            GRANTED.replace("\"kind\"", "\"kind\":\"certificate.failed\",\"kind\""),
            GRANTED.replace("}", ""),
            "")) {
      assertThat(GrantEntry.read(Bytes.ofUtf8(other))).as(other).isEmpty();
    }
  }

  @Test
  void readsNoNonCanonicalBase64() {
    String commitment = COMMITMENT.base64Url();
    String loose = commitment.substring(0, 42) + (char) (commitment.charAt(42) + 1);
    assertThat(GrantEntry.read(Bytes.ofUtf8(GRANTED.replace(commitment, loose)))).isEmpty();
  }

  @Test
  void readsNothingLongerThanAnEntry() {
    assertThat(GrantEntry.read(Bytes.of(new byte[1025]))).isEmpty();
  }

  @Test
  void noSingleChangedByteGrantsTheSameUnderAnotherKind() {
    byte[] bytes = Bytes.ofUtf8(GRANTED).toArray();
    Random random = new Random(7);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) (1 + random.nextInt(255));
      // The time and the details' hash are free; the kind and all syntax are not.
      GrantEntry.read(Bytes.of(changed))
          .ifPresent(grant -> assertThat(grant.type()).isEqualTo(CertificateType.USER));
    }
  }

  private static GrantEntry read(String entry) {
    return GrantEntry.read(Bytes.ofUtf8(entry)).orElseThrow();
  }
}
