package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaFiles;
import dev.daypass.TestCa;
import dev.daypass.custody.token.SoftHsm;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.signer.KeyUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
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
    try (TestCa ca = TestCa.with().keys(in -> keys(in, type, option)).start()) {
      CaLogin login = new CaLogin(ca, folder, account);
      assertThat(login.succeeds().signature().algorithm()).isEqualTo(algorithm);
      assertThat(login.ofServer().signature().algorithm()).isEqualTo(algorithm);
    }
  }

  @Test
  void withoutItsTokenItSaysSoAndGoesOnWhenTheTokenIsBack() throws Exception {
    String curve = "ec_paramgen_curve:P-256";
    try (TestCa ca = TestCa.with().keys(in -> keys(in, "EC", curve)).start()) {
      CaLogin login = new CaLogin(ca, folder, account);
      try (CaLoad load = CaLoad.of(login)) {
        load.await(201);
        HSM.pull();
        load.await(503);
        HSM.putBack();
        load.await(201);
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

  private static CaFiles.Keys keys(Path in, String type, String option) throws IOException {
    String label = in.getFileName().toString();
    Path pin = Files.writeString(in.resolve("pin"), SoftHsm.PIN + "\n");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    String user = label + "-user";
    String host = label + "-host";
    Path userHalf = HSM.make(user, "-algorithm", type, "-pkeyopt", option);
    Path hostHalf = HSM.make(host, "-algorithm", type, "-pkeyopt", option);
    String form =
        "%s: { pkcs11: %s, token: %s, key: %s, public-key: %s, pin-file: %s, sessions: 2 }\n";
    return new CaFiles.Keys(
        form.formatted("user-ca", SoftHsm.MODULE, SoftHsm.TOKEN, user, userHalf, pin)
            + form.formatted("host-ca", SoftHsm.MODULE, SoftHsm.TOKEN, host, hostHalf, pin),
        Map.of(KeyUse.USER_CA, SoftHsm.read(userHalf), KeyUse.HOST_CA, SoftHsm.read(hostHalf)));
  }
}
