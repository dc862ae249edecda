package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import dev.daypass.custody.token.SoftHsm;
import dev.daypass.ledger.entry.EntryKind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate authority whose CA keys are in a PKCS#11 token: SoftHSM2. */
final class CaTokenIT {
  private static final SoftHsm HSM = SoftHsm.instance();
  private static final Parts PARTS = new Parts();

  @TempDir private Path folder;

  private static String account;

  @BeforeAll
  static void start() throws IOException {
    account = PARTS.started(new LocalAccounts()).make("token");
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "EC, ec_paramgen_curve:P-256, ecdsa-sha2-nistp256",
    "EC, ec_paramgen_curve:P-384, ecdsa-sha2-nistp384",
    "RSA, rsa_keygen_bits:3072, rsa-sha2-512",
  })
  void sshdTakesCertificatesOfEachTypeOfKey(String type, String option, String algorithm)
      throws Exception {
    try (TestCa ca = TestCa.with().keys(in -> HSM.caKeys(in, type, option)).start()) {
      CaLogin login = new CaLogin(ca, folder, account);
      assertThat(login.succeeds().signature().algorithm()).isEqualTo(algorithm);
      assertThat(login.ofServer().signature().algorithm()).isEqualTo(algorithm);
    }
  }

  @Test
  void withoutItsTokenItSaysSoAndGoesOnWhenTheTokenIsBack() throws Exception {
    String curve = "ec_paramgen_curve:P-256";
    try (TestCa ca = TestCa.with().keys(in -> HSM.caKeys(in, "EC", curve)).start()) {
      CaLogin login = new CaLogin(ca, folder, account);
      try (CaLoad load = CaLoad.of(login)) {
        load.await(201);
        HSM.pull();
        load.await(503);
        assertThat(ca.client().readiness().status()).isEqualTo(503);
        assertThat(ca.client().readiness().json().path("checks").path("user-ca").asString())
            .isEqualTo("does not sign");
        HSM.putBack();
        load.await(201);
        assertThat(ca.client().readiness().status()).isEqualTo(200);
        load.stop();
      }
      assertThat(ca.details(EntryKind.CERTIFICATE_FAILED))
          .as("the entry was written before the key was asked")
          .isNotEmpty();
      assertThat(ca.exits()).isEmpty();
      ca.checkInvariants();
      login.succeeds();
    }
  }
}
