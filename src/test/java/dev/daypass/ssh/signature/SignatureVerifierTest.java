package dev.daypass.ssh.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureVerifierTest {
  private static final Bytes MESSAGE = Bytes.ofUtf8("a message");
  private static final SignatureVerifier SLOW =
      new SignatureVerifier(SignatureProvider.bouncyCastle());

  @Test
  void saysWhatItCostsThatTheNativeProviderDoesNotLoad() {
    assertThat(CryptoProviders.fallback()).isEmpty();
    assertThat(SignatureProvider.bouncyCastle().cost().orElseThrow())
        .contains("so BC 1.", "Ed25519 takes three times as long, P-256 twenty times");
  }

  @Test
  void usesTheNativeProviderWhereItLoads() {
    assertThat(CryptoProviders.description()).startsWith("AmazonCorrettoCryptoProvider 2.");
    assertThat(SignatureProvider.bouncyCastle().description()).startsWith("BC 1.");
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryOtherKeysSignature(SshKeyType type) throws Exception {
    SshSignature signature = TestKeys.of(type).sign(MESSAGE);
    for (SshKeyType other : SshKeyType.values()) {
      SshPublicKey key = TestKeys.of(other).publicKey();
      assertThat(SignatureVerifier.verify(key, MESSAGE, signature)).isEqualTo(other == type);
      assertThat(SLOW.accepts(key, MESSAGE, signature)).isEqualTo(other == type);
    }
    SshPublicKey stranger = TestKeys.generate(type).publicKey();
    assertThat(SignatureVerifier.verify(stranger, MESSAGE, signature)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryChangedByteOfASignature(SshKeyType type) throws Exception {
    SshSigner signer = TestKeys.of(type);
    byte[] encoded = signer.sign(MESSAGE).encode().toArray();
    for (int i = 0; i < encoded.length; i++) {
      byte[] changed = encoded.clone();
      changed[i] ^= (byte) 0x40;
      assertThat(verifies(signer.publicKey(), Bytes.of(changed))).as("byte %d", i).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh-rsa", "rsa-sha2-384", "ssh-rsa-cert-v01@openssh.com", ""})
  void refusesRsaWithoutSha2(String algorithm) throws Exception {
    SshSigner rsa = TestKeys.of(SshKeyType.RSA);
    SshSignature signature = SshSignature.of(algorithm, rsa.sign(MESSAGE).blob());
    assertThat(SignatureVerifier.verify(rsa.publicKey(), MESSAGE, signature)).isFalse();
  }

  @Test
  void refusesRsaUnderTheOtherHashAndOfAnotherLength() throws Exception {
    SshSigner rsa = TestKeys.of(SshKeyType.RSA);
    Bytes blob = rsa.sign(MESSAGE).blob();
    refuses(rsa, SshSignature.of("rsa-sha2-256", blob));
    refuses(rsa, SshSignature.of("rsa-sha2-512", Bytes.EMPTY));
    refuses(rsa, SshSignature.of("rsa-sha2-512", Bytes.ofHex("00").concat(blob)));
    refuses(rsa, SshSignature.of("rsa-sha2-512", blob.slice(1, blob.size())));
  }

  @Test
  void refusesEcdsaNumbersOutOfRange() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ECDSA_P256);
    WireReader reader = WireReader.of(key.sign(MESSAGE).blob());
    BigInteger r = reader.mpint();
    BigInteger s = reader.mpint();
    BigInteger huge = BigInteger.TWO.pow(300);
    for (Bytes blob :
        List.of(
            numbers(BigInteger.ZERO, BigInteger.ZERO),
            numbers(r, BigInteger.ZERO),
            numbers(BigInteger.ZERO, s),
            numbers(r.add(huge), s),
            numbers(s, r),
            numbers(r, s).concat(Bytes.ofHex("00")))) {
      refuses(key, SshSignature.of("ecdsa-sha2-nistp256", blob));
    }
    SshSignature good = SshSignature.of("ecdsa-sha2-nistp256", numbers(r, s));
    assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, good)).isTrue();
  }

  // RFC 8032 section 7.1, test 3.
  @Test
  void verifiesThePublishedEd25519Vector() {
    SshPublicKey key =
        new Ed25519PublicKey(
            Bytes.ofHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));
    Bytes signature =
        Bytes.ofHex(
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    SshSignature wrapped = SshSignature.of("ssh-ed25519", signature);
    assertThat(SignatureVerifier.verify(key, Bytes.ofHex("af82"), wrapped)).isTrue();
    assertThat(SLOW.accepts(key, Bytes.ofHex("af82"), wrapped)).isTrue();
    assertThat(SignatureVerifier.verify(key, Bytes.ofHex("af83"), wrapped)).isFalse();
  }

  // RFC 8032 section 5.1.7 step 1: s must be below the group's order, or signatures are malleable.
  @Test
  void refusesEd25519WithSNotReduced() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    byte[] blob = key.sign(MESSAGE).blob().toArray();
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    BigInteger s = littleEndian(blob).add(order);
    byte[] bytes = s.toByteArray();
    for (int i = 0; i < 32; i++) {
      blob[32 + i] = i < bytes.length ? bytes[bytes.length - 1 - i] : 0;
    }
    refuses(key, SshSignature.of("ssh-ed25519", Bytes.of(blob)));
  }

  @ParameterizedTest
  @EnumSource(names = {"SK_ECDSA_P256", "SK_ED25519"})
  void bindsFlagsCounterAndApplicationOfASecurityKey(SshKeyType type) throws Exception {
    SoftwareAuthenticator key = SoftwareAuthenticator.generate(type);
    SshSignature untouched = key.withFlags(0).sign(MESSAGE);
    assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, untouched)).isTrue();
    assertThat(SignatureVerifier.verifyPresent(key.publicKey(), MESSAGE, untouched)).isFalse();
    SshSignature forged =
        new SshSignature(untouched.algorithm(), untouched.blob(), Bytes.ofHex("0100000001"));
    assertThat(SignatureVerifier.verifyPresent(key.publicKey(), MESSAGE, forged)).isFalse();
    SshSignature bare = SshSignature.of(untouched.algorithm(), untouched.blob());
    assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, bare)).isFalse();
    SshPublicKey renamed = key.withApplication("ssh:other").publicKey();
    assertThat(SignatureVerifier.verify(renamed, MESSAGE, key.sign(MESSAGE))).isFalse();
    assertThat(SignatureVerifier.verifyPresent(key.publicKey(), MESSAGE, key.sign(MESSAGE)))
        .isTrue();
  }

  @Test
  void refusesATrailerOnAPlainKeysSignature() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    SshSignature plain = key.sign(MESSAGE);
    refuses(key, new SshSignature(plain.algorithm(), plain.blob(), Bytes.ofHex("0100000001")));
    assertThatThrownBy(() -> SshSignature.decode(plain.encode().concat(Bytes.ofHex("0100000001"))))
        .isInstanceOf(SshFormatException.class);
  }

  @Test
  void verifiesRsaKeysThatTheNativeProviderDoesNotTake() {
    // A modulus without known factors: only that the answer is false and nothing is thrown.
    for (int bits : new int[] {2048, 8193, 16_384}) {
      RsaPublicKey key =
          new RsaPublicKey(
              BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
              BigInteger.TWO.pow(bits - 1).add(BigInteger.ONE));
      Bytes blob = Bytes.of(new byte[(bits + 7) / 8]);
      assertThat(SignatureVerifier.verify(key, MESSAGE, SshSignature.of("rsa-sha2-512", blob)))
          .isFalse();
    }
  }

  @Test
  void signsOnManyVirtualThreadsAtOnce() throws Exception {
    SshSigner key = TestKeys.of(SshKeyType.ED25519);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> results =
          IntStream.range(0, 500)
              .mapToObj(i -> Bytes.ofUtf8("message " + i))
              .map(m -> threads.submit(() -> verifies(key, m)))
              .toList();
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  private static boolean verifies(SshSigner key, Bytes message) throws SigningException {
    return SignatureVerifier.verify(key.publicKey(), message, key.sign(message));
  }

  private static boolean verifies(SshPublicKey key, Bytes signature) {
    try {
      return SignatureVerifier.verifyPresent(key, MESSAGE, SshSignature.decode(signature));
    } catch (SshFormatException _) {
      return false;
    }
  }

  private static void refuses(SshSigner key, SshSignature signature) {
    assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, signature)).isFalse();
    assertThat(SLOW.accepts(key.publicKey(), MESSAGE, signature)).isFalse();
  }

  private static Bytes numbers(BigInteger r, BigInteger s) {
    return new WireWriter().mpint(r).mpint(s).toBytes();
  }

  private static BigInteger littleEndian(byte[] blob) {
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = blob[63 - i];
    }
    return new BigInteger(1, reversed);
  }
}
