package dev.daypass.oidc.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.oidc.TestKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VerifiedSignaturesTest {
  private static final byte[] SIGNED = "header.payload".getBytes(StandardCharsets.US_ASCII);

  @Test
  void knowsWhatWasAddedAndNothingElse() {
    VerifiedSignatures verified = new VerifiedSignatures();
    byte[] identity = VerifiedSignatures.identity(SignatureAlgorithm.RS256, SIGNED, "signature");
    assertThat(verified.contains(identity)).isFalse();

    verified.add(identity.clone());

    assertThat(verified.contains(identity)).isTrue();
    assertThat(verified.contains(new byte[identity.length])).isFalse();
  }

  @Test
  void tellsAlgorithmSignedBytesAndSignatureApart() {
    byte[] identity = VerifiedSignatures.identity(SignatureAlgorithm.RS256, SIGNED, "signature");
    byte[] less = "header.payloa".getBytes(StandardCharsets.US_ASCII);

    assertThat(identity)
        .isEqualTo(VerifiedSignatures.identity(SignatureAlgorithm.RS256, SIGNED, "signature"))
        .isNotEqualTo(VerifiedSignatures.identity(SignatureAlgorithm.PS256, SIGNED, "signature"))
        .isNotEqualTo(VerifiedSignatures.identity(SignatureAlgorithm.RS256, SIGNED, "signaturf"))
        .isNotEqualTo(VerifiedSignatures.identity(SignatureAlgorithm.RS256, less, "dsignature"));
  }

  @Test
  void isBoundedAndForgetsOnlyWhatLostItsPlace() {
    VerifiedSignatures verified = new VerifiedSignatures();
    byte[] first = new byte[32];
    byte[] elsewhere = new byte[32];
    elsewhere[31] = 1;
    // The hash code of the first, since 31 * 1 - 31 = 0.
    byte[] samePlace = new byte[32];
    samePlace[30] = 1;
    samePlace[31] = -31;
    verified.add(first);
    verified.add(elsewhere);
    verified.add(samePlace);

    assertThat(verified.contains(samePlace)).isTrue();
    assertThat(verified.contains(elsewhere)).isTrue();
    assertThat(verified.contains(first)).isFalse();
  }

  @Test
  void findsAGoodSignatureGoodAgainAndABadOneBadAgain() throws Exception {
    TestKey provider = TestKey.rsa("k");
    VerificationKey key = key(provider);
    String token = provider.token("{\"sub\":\"alice\"}");
    String unsigned =
        TestKey.encoded(provider.header()) + "." + TestKey.encoded("{\"sub\":\"mallory\"}");
    CompactJws forged = CompactJws.parse(unsigned + token.substring(token.lastIndexOf('.')));

    for (int i = 0; i < 3; i++) {
      assertThat(CompactJws.parse(token).verifies(key)).isTrue();
      assertThat(forged.verifies(key)).isFalse();
    }
  }

  @Test
  void keepsNothingOfOneKeyForAnother() throws Exception {
    TestKey provider = TestKey.rsa("k");
    CompactJws token = CompactJws.parse(provider.token("{}"));
    assertThat(token.verifies(key(provider))).isTrue();

    assertThat(token.verifies(key(TestKey.rsa("k")))).isFalse();
  }

  private static VerificationKey key(TestKey key) throws JoseFormatException {
    byte[] keys = ("{\"keys\":[" + key.published() + "]}").getBytes(StandardCharsets.UTF_8);
    return JsonWebKeys.parse(keys)
        .candidates(SignatureAlgorithm.RS256, Optional.of("k"))
        .getFirst();
  }
}
