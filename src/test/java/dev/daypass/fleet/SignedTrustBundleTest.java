package dev.daypass.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.fleet.SignedTrustBundle.Objection;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSig;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedTrustBundleTest {
  private static final OpenSshPrivateKey ROOT = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private static final OpenSshPrivateKey OTHER = OpenSshPrivateKey.generate(SshKeyType.ED25519);
  private static final Instant NOW = Bundles.VALID_UNTIL.minusSeconds(1);

  @Test
  void isTextThenArmoredSignature() throws Exception {
    SignedTrustBundle signed = SignedTrustBundle.sign(Bundles.plain(), ROOT);
    assertThat(signed.text())
        .startsWith(Bundles.plain().text() + "-----BEGIN SSH SIGNATURE-----\n")
        .endsWith("-----END SSH SIGNATURE-----\n");
  }

  @Test
  void parsesWhatItWrote() throws Exception {
    SignedTrustBundle signed = SignedTrustBundle.sign(Bundles.full(), ROOT);
    SignedTrustBundle parsed = SignedTrustBundle.parse(signed.text());
    assertThat(parsed).isEqualTo(signed);
    assertThat(parsed.verifies(ROOT.publicKey())).isTrue();
  }

  @Test
  void verifiesUnderTheRootThatSignedIt() throws Exception {
    SignedTrustBundle signed = SignedTrustBundle.sign(Bundles.plain(), ROOT);
    assertThat(signed.verifies(ROOT.publicKey())).isTrue();
    assertThat(signed.verifies(OTHER.publicKey())).isFalse();
  }

  @Test
  void doesNotVerifyForAnotherBundle() throws Exception {
    SshSig signature = SignedTrustBundle.sign(Bundles.plain(), ROOT).signature();
    assertThat(new SignedTrustBundle(Bundles.numbered(2), signature).verifies(ROOT.publicKey()))
        .isFalse();
  }

  @Test
  void doesNotVerifyInAnotherNamespace() throws Exception {
    SshSig signature = SshSig.sign(ROOT, "krl@daypass.dev", Bytes.ofUtf8(Bundles.plain().text()));
    assertThat(new SignedTrustBundle(Bundles.plain(), signature).verifies(ROOT.publicKey()))
        .isFalse();
  }

  @Test
  void mayBeTakenUpIfItRises() throws Exception {
    SignedTrustBundle signed = SignedTrustBundle.sign(Bundles.numbered(7), ROOT);
    assertThat(signed.objection(ROOT.publicKey(), 0, NOW)).isEmpty();
    assertThat(signed.objection(ROOT.publicKey(), 6, NOW)).isEmpty();
    assertThat(signed.objection(ROOT.publicKey(), 7, NOW)).contains(Objection.NOT_RISING);
    assertThat(signed.objection(ROOT.publicKey(), 8, NOW)).contains(Objection.NOT_RISING);
  }

  @Test
  void mayNotBeTakenUpOnceItExpired() throws Exception {
    SignedTrustBundle signed = SignedTrustBundle.sign(Bundles.plain(), ROOT);
    assertThat(signed.objection(ROOT.publicKey(), 0, Bundles.VALID_UNTIL))
        .contains(Objection.EXPIRED);
  }

  @Test
  void mayNotBeTakenUpFromAnotherRoot() throws Exception {
    SignedTrustBundle signed = SignedTrustBundle.sign(Bundles.plain(), ROOT);
    assertThat(signed.objection(OTHER.publicKey(), 0, NOW)).contains(Objection.NOT_SIGNED_BY_ROOT);
  }

  @Test
  void refusesEveryOtherDocument() throws Exception {
    String good = SignedTrustBundle.sign(Bundles.plain(), ROOT).text();
    String signature = good.substring(good.indexOf("-----BEGIN"));
    for (String bad :
        List.of(
            "",
            signature,
            Bundles.plain().text(),
            good + "\n",
            good + signature,
            "\n" + good,
            good.replace("\n", "\r\n"),
            good.replace("number 1\n", "number 1\nnumber 1\n"),
            good.replace("-----END SSH SIGNATURE-----", ""),
            good.replace("-----BEGIN", "\n-----BEGIN"),
            good.substring(0, good.length() - 1))) {
      assertThatExceptionOfType(BundleFormatException.class)
          .as("%s", bad)
          .isThrownBy(() -> SignedTrustBundle.parse(bad));
    }
  }
}
