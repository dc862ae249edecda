package dev.daypass.custody.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.signature.RsaHash;
import dev.daypass.ssh.signature.SignatureVerifier;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSignature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys in SoftHSM2. */
final class TokenKeyIT {
  private static final Bytes MESSAGE = Bytes.ofUtf8("message");
  private static final SoftHsm HSM = SoftHsm.instance();

  private final Tokens tokens = new Tokens();

  @ParameterizedTest
  @CsvSource({
    "P-256, SHA512, ecdsa-sha2-nistp256",
    "P-384, SHA512, ecdsa-sha2-nistp384",
    "P-521, SHA512, ecdsa-sha2-nistp521",
    "rsa, SHA512, rsa-sha2-512",
    "rsa, SHA256, rsa-sha2-256",
  })
  void signsByManyThreadsAtOnce(String kind, RsaHash hash, String algorithm) throws Exception {
    Path half = make("key-" + kind + "-" + hash, kind);
    try (TokenKey key = open("key-" + kind + "-" + hash, SoftHsm.PIN, half, hash);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SshSignature>> signatures = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        signatures.add(threads.submit(() -> key.sign(MESSAGE)));
      }
      for (Future<SshSignature> signature : signatures) {
        assertThat(signature.get().algorithm()).isEqualTo(algorithm);
        assertThat(SignatureVerifier.verify(key.publicKey(), MESSAGE, signature.get())).isTrue();
      }
    }
  }

  @Test
  void signsAgainAfterTheTokenWasPulledAndPutBack() throws Exception {
    Path half = make("pulled", "P-256");
    try (TokenKey key = open("pulled", SoftHsm.PIN, half, RsaHash.SHA512)) {
      assertThat(verifies(key)).isTrue();
      HSM.pull();
      assertThatExceptionOfType(SigningException.class).isThrownBy(() -> key.sign(MESSAGE));
      HSM.putBack();
      awaitSignature(key);
      assertThat(verifies(key)).isTrue();
    }
  }

  @Test
  void sharesTheModuleWithAnotherKeyThatStartsItAnew() throws Exception {
    Path oneHalf = make("one", "P-256");
    Path otherHalf = make("other", "P-384");
    try (TokenKey one = open("one", SoftHsm.PIN, oneHalf, RsaHash.SHA512);
        TokenKey other = open("other", SoftHsm.PIN, otherHalf, RsaHash.SHA512)) {
      for (int i = 0; i < 3; i++) {
        tokens.module(SoftHsm.MODULE).restart();
        assertThat(verifies(one)).isTrue();
        assertThat(verifies(other)).isTrue();
      }
    }
  }

  @Test
  void saysWhatIsWrongAndNeverThePin() throws Exception {
    Path half = make("known", "P-256");
    SshPublicKey stranger = TestKeys.of(SshKeyType.ECDSA_P256).publicKey();
    assertThatIOException()
        .isThrownBy(() -> open("unknown", SoftHsm.PIN, half, RsaHash.SHA512))
        .withMessageContaining("not exactly one private key");
    assertThatIOException()
        .isThrownBy(() -> open("known", "000000", half, RsaHash.SHA512))
        .withMessageContaining("C_Login answered 0xa0")
        .withMessageNotContaining("000000");
    TokenKey.Place place = new TokenKey.Place(SoftHsm.MODULE, SoftHsm.TOKEN, "known", 1);
    assertThatIOException()
        .isThrownBy(() -> TokenKey.open(tokens, place, SoftHsm.PIN, stranger, RsaHash.SHA512))
        .withMessageContaining("not the key of that public half");
    TokenKey.Place nowhere = new TokenKey.Place(SoftHsm.MODULE, "no such token", "known", 1);
    assertThatIOException()
        .isThrownBy(() -> TokenKey.open(tokens, nowhere, SoftHsm.PIN, stranger, RsaHash.SHA512))
        .withMessageContaining("no token is called no such token");
  }

  @Test
  void loadsNothingThatIsNoModule() {
    TokenKey.Place libc = new TokenKey.Place(Path.of("libc.so.6"), "t", "k", 1);
    SshPublicKey key = TestKeys.of(SshKeyType.ECDSA_P256).publicKey();
    assertThatIOException()
        .isThrownBy(() -> TokenKey.open(tokens, libc, "1", key, RsaHash.SHA512))
        .withMessageContaining("PKCS#11 module");
  }

  private TokenKey open(String label, String pin, Path half, RsaHash hash) throws Exception {
    TokenKey.Place place = new TokenKey.Place(SoftHsm.MODULE, SoftHsm.TOKEN, label, 4);
    return TokenKey.open(tokens, place, pin, SoftHsm.read(half), hash);
  }

  private static Path make(String label, String kind) throws Exception {
    return kind.equals("rsa")
        ? HSM.make(label, "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072")
        : HSM.make(label, "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + kind);
  }

  private static boolean verifies(TokenKey key) throws Exception {
    return SignatureVerifier.verify(key.publicKey(), MESSAGE, key.sign(MESSAGE));
  }

  /** The module is not started anew more than once a second. */
  private static void awaitSignature(TokenKey key) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        var _ = key.sign(MESSAGE);
        return;
      } catch (SigningException e) {
        assertThat(System.nanoTime()).as("%s", e.getCause()).isLessThan(deadline);
      }
    }
  }
}
