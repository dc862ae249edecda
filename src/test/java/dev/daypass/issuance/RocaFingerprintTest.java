package dev.daypass.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RocaFingerprintTest {
  private static final BigInteger GENERATOR = BigInteger.valueOf(65537);

  @Test
  void findsModuliOfTheFaultyForm() {
    Random random = new Random(42);
    for (int i = 0; i < 20; i++) {
      BigInteger modulus = faultyPrime(random).multiply(faultyPrime(random));
      assertThat(RocaFingerprint.matches(modulus)).isTrue();
    }
  }

  @Test
  void letsOrdinaryModuliPass() {
    Random random = new Random(43);
    for (int i = 0; i < 200; i++) {
      BigInteger modulus = new BigInteger(1024, random).multiply(new BigInteger(1024, random));
      assertThat(RocaFingerprint.matches(modulus)).isFalse();
    }
  }

  @Test
  void letsAGeneratedKeyPass() {
    RsaPublicKey key = (RsaPublicKey) TestKeys.of(SshKeyType.RSA).publicKey();

    assertThat(RocaFingerprint.matches(key.modulus())).isFalse();
  }

  /** k·M + (65537^a mod M), as the faulty library makes primes; M is the primorial of 167. */
  private static BigInteger faultyPrime(Random random) {
    BigInteger primorial = BigInteger.TWO;
    for (BigInteger p = BigInteger.valueOf(3); p.intValue() <= 167; p = p.nextProbablePrime()) {
      primorial = primorial.multiply(p);
    }
    BigInteger power = GENERATOR.modPow(new BigInteger(62, random), primorial);
    return new BigInteger(250, random).multiply(primorial).add(power);
  }
}
