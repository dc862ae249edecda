package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.SignerRun;
import dev.daypass.TestCa;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The separate signer is killed while people ask for certificates. */
final class CaSignerIT {
  @TempDir private Path folder;

  @Test
  void withoutItsSignerItSaysSoAndGoesOnWhenTheSignerIsBack() throws Exception {
    try (SignerRun signer = SignerRun.start();
        TestCa ca = TestCa.with().keys(_ -> signer.keys()).start()) {
      try (CaLoad load = CaLoad.of(new CaLogin(ca, folder, "nobody"))) {
        load.await(201);
        signer.kill();
        load.await(503);
        ca.checkInvariants();
        signer.startAgain();
        load.await(201);
        load.stop();
      }
      assertThat(ca.exits()).isEmpty();
      ca.checkInvariants();
    }
  }
}
