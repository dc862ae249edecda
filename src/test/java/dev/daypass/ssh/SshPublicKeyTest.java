package dev.daypass.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SshPublicKeyTest {
  private static final BigInteger E = BigInteger.valueOf(65_537);

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrote(SshKeyType type) throws Exception {
    SshPublicKey key = TestKeys.of(type).publicKey();
    assertThat(SshPublicKey.decode(key.blob())).isEqualTo(key);
    assertThat(SshPublicKey.parse(key.line())).isEqualTo(key);
    assertThat(SshPublicKey.parse(key.line() + " a comment\n")).isEqualTo(key);
    assertThat(key.type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecdsa_sk1", "ed25519_sk1"})
  void fingerprintsLikeOpenSsh(String name) throws Exception {
    SshPublicKey key = SshPublicKey.parse(OpenSshVectors.text("valid_" + name + ".pub"));
    assertThat(key.fingerprint()).hasToString(OpenSshVectors.text("valid_" + name + ".fp").strip());
    assertThat(Fingerprint.parse(key.fingerprint().toString())).isEqualTo(key.fingerprint());
  }

  @ParameterizedTest
  @CsvSource({
    "RSA,rsa-3072",
    "ECDSA_P256,ecdsa-p256",
    "ECDSA_P384,ecdsa-p384",
    "ECDSA_P521,ecdsa-p521",
    "ED25519,ed25519",
    "SK_ECDSA_P256,sk-ecdsa-p256",
    "SK_ED25519,sk-ed25519"
  })
  void hasANameForPolicy(SshKeyType type, String name) {
    assertThat(TestKeys.of(type).publicKey().policyName()).isEqualTo(name);
  }

  @ParameterizedTest
  @EnumSource
  void refusesTrailingBytesAndEveryTruncation(SshKeyType type) {
    Bytes blob = TestKeys.of(type).publicKey().blob();
    refuses(blob.concat(Bytes.ofHex("00")));
    for (int size = 0; size < blob.size(); size++) {
      refuses(blob.slice(0, size));
    }
  }

  // CASES 34 and 36: certificates, DSA and what OpenSSH does not enable.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh-ed25519-cert-v01@openssh.com",
        "ssh-rsa-cert-v01@openssh.com",
        "rsa-sha2-512",
        "ssh-dss",
        "ssh-ed448",
        "webauthn-sk-ecdsa-sha2-nistp256@openssh.com",
        "ssh-mldsa44-ed25519@openssh.com",
        "SSH-ED25519",
        "ssh-ed25519\0",
        ""
      })
  void refusesOtherTypes(String name) {
    Bytes fields = TestKeys.of(SshKeyType.ED25519).publicKey().keyFields();
    refuses(new WireWriter().text(name).raw(fields).toBytes());
  }

  // CASES 36.
  @Test
  void refusesUnsoundRsaKeys() {
    BigInteger modulus = ((RsaPublicKey) TestKeys.of(SshKeyType.RSA).publicKey()).modulus();
    refuses(rsa(BigInteger.ONE, modulus));
    refuses(rsa(BigInteger.TWO, modulus));
    refuses(rsa(BigInteger.ZERO, modulus));
    refuses(rsa(BigInteger.TWO.pow(64).add(BigInteger.ONE), modulus));
    refuses(rsa(E, modulus.add(BigInteger.ONE)));
    refuses(rsa(E, BigInteger.ZERO));
    refuses(rsa(E, BigInteger.TWO.pow(2046).add(BigInteger.ONE)));
    refuses(rsa(E, BigInteger.TWO.pow(16_384).add(BigInteger.ONE)));
  }

  @Test
  void acceptsRsaAtItsBounds() throws Exception {
    for (int bits : new int[] {2048, 16_384}) {
      BigInteger modulus = BigInteger.TWO.pow(bits - 1).add(BigInteger.ONE);
      assertThat(SshPublicKey.decode(rsa(E, modulus)).bits()).isEqualTo(bits);
      BigInteger largest = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
      assertThat(SshPublicKey.decode(rsa(largest, modulus)).bits()).isEqualTo(bits);
    }
  }

  // CASES 37.
  @ParameterizedTest
  @EnumSource(names = {"ECDSA_P256", "ECDSA_P384", "ECDSA_P521", "SK_ECDSA_P256"})
  void refusesPointsThatAreNotOnTheCurve(SshKeyType type) {
    NistCurve curve = NistCurve.of(type);
    Bytes point =
        switch (TestKeys.of(type).publicKey()) {
          case EcdsaPublicKey key -> key.point();
          case SkEcdsaPublicKey key -> key.point();
          case RsaPublicKey _, Ed25519PublicKey _, SkEd25519PublicKey _ -> Bytes.EMPTY;
        };
    byte[] off = point.toArray();
    off[off.length - 1] ^= 1;
    refuses(ecdsa(type, Bytes.of(off)));
    refuses(ecdsa(type, Bytes.ofHex("00")));
    refuses(ecdsa(type, Bytes.of(new byte[curve.pointBytes()])));
    refuses(ecdsa(type, Bytes.ofHex("04").concat(Bytes.of(new byte[2 * curve.fieldBytes()]))));
    refuses(ecdsa(type, Bytes.ofHex("04" + "ff".repeat(2 * curve.fieldBytes()))));
    refuses(ecdsa(type, Bytes.ofHex("02").concat(point.slice(1, 1 + curve.fieldBytes()))));
    refuses(ecdsa(type, point.concat(Bytes.ofHex("00"))));
  }

  @Test
  void refusesTheCurveOfAnotherType() {
    EcdsaPublicKey key = (EcdsaPublicKey) TestKeys.of(SshKeyType.ECDSA_P256).publicKey();
    refuses(
        new WireWriter()
            .text("ecdsa-sha2-nistp384")
            .text("nistp256")
            .string(key.point())
            .toBytes());
  }

  // CASES 37: the eight points of low order, y not below p, no point at all, wrong sizes.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0200000000000000000000000000000000000000000000000000000000000000",
        "",
        "01"
      })
  void refusesUnsoundEdwardsPoints(String hex) {
    Bytes point = Bytes.ofHex(hex);
    refuses(new WireWriter().text("ssh-ed25519").string(point).toBytes());
    // Nor the second time: only what passed is remembered.
    refuses(new WireWriter().text("ssh-ed25519").string(point).toBytes());
    refuses(
        new WireWriter().text("sk-ssh-ed25519@openssh.com").string(point).text("ssh:").toBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ssh:\0", "ssh:\n", "ssh :", "ssh\u00e9"})
  void refusesUnreadableApplications(String application) {
    SkEd25519PublicKey key = (SkEd25519PublicKey) TestKeys.of(SshKeyType.SK_ED25519).publicKey();
    refuses(
        new WireWriter()
            .text("sk-ssh-ed25519@openssh.com")
            .string(key.point())
            .text(application)
            .toBytes());
  }

  // CASES 39 and 40.
  @Test
  void refusesLinesThatAreMoreThanAKey() {
    String line = TestKeys.of(SshKeyType.ED25519).publicKey().line();
    String base64 = line.split(" ", 2)[1];
    for (String bad :
        new String[] {
          "",
          "ssh-ed25519",
          base64,
          "ssh-rsa " + base64,
          "ssh-ed25519 " + base64 + "=",
          "restrict " + line,
          "command=\"x\" " + line,
          " " + line,
          line + "\n" + line,
          line + " a\nb",
          line + "\n\n",
          line + " a\rb",
          line + "\r\n",
          line + " \u0000",
          line + " \u009b1m",
          line + " \ud800",
          "ssh-ed25519 " + base64.substring(4),
          line + " " + "x".repeat(16 * 1024)
        }) {
      assertThatThrownBy(() -> SshPublicKey.parse(bad))
          .as("%.40s", bad)
          .isInstanceOf(SshFormatException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SHA256:",
        "MD5:AA",
        "SHA256:Go7HO0CVPYG+BSDSk9ZUJBKGSrtBExp6obTa9iqzIU",
        "SHA256:Go7HO0CVPYG+BSDSk9ZUJBKGSrtBExp6obTa9iqzIUo=",
        "SHA256:Go7HO0CVPYG+BSDSk9ZUJBKGSrtBExp6obTa9iqzIUp",
        "SHA256:AAAAAAA"
      })
  void refusesMalformedFingerprints(String text) {
    assertThatThrownBy(() -> Fingerprint.parse(text)).isInstanceOf(SshFormatException.class);
  }

  private static void refuses(Bytes blob) {
    assertThatThrownBy(() -> SshPublicKey.decode(blob)).isInstanceOf(SshFormatException.class);
  }

  private static Bytes rsa(BigInteger exponent, BigInteger modulus) {
    return new WireWriter().text("ssh-rsa").mpint(exponent).mpint(modulus).toBytes();
  }

  private static Bytes ecdsa(SshKeyType type, Bytes point) {
    WireWriter writer =
        new WireWriter().text(type.wireName()).text(NistCurve.of(type).wireName()).string(point);
    return (type.isSecurityKey() ? writer.text("ssh:") : writer).toBytes();
  }
}
