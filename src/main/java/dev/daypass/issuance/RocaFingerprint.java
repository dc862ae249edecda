package dev.daypass.issuance;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The test for RSA keys made by Infineon's faulty library (CVE-2017-15361; Nemec et al., "The
 * Return of Coppersmith's Attack", section 2.2): their primes are k·M + (65537^a mod M), so the
 * modulus is a power of 65537 modulo every small prime that divides M. About one good key in 2^27
 * matches.
 */
final class RocaFingerprint {
  private static final long GENERATOR = 65537;

  /** For each small prime the residues that 65537 generates; built once, read by all threads. */
  private static final Map<Integer, BitSet> RESIDUES = residues();

  private RocaFingerprint() {}

  static boolean matches(BigInteger modulus) {
    return RESIDUES.entrySet().stream()
        .allMatch(entry ->
            entry.getValue().get(modulus.mod(BigInteger.valueOf(entry.getKey())).intValue()));
  }

  private static Map<Integer, BitSet> residues() {
    Map<Integer, BitSet> residues = new LinkedHashMap<>();
    for (int prime = 3; prime <= 167; prime += 2) {
      if (BigInteger.valueOf(prime).isProbablePrime(30)) {
        BitSet generated = new BitSet(prime);
        long power = 1;
        do {
          generated.set((int) power);
          power = power * GENERATOR % prime;
        } while (power != 1);
        residues.put(prime, generated);
      }
    }
    return residues;
  }
}
