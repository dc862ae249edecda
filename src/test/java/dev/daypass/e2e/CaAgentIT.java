package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.TestCa;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate authority whose keys are in OpenSSH's own agent, and nowhere else. */
final class CaAgentIT {
  private static final Parts PARTS = new Parts();

  @TempDir private Path folder;

  private static String account;

  @BeforeAll
  static void start() throws IOException {
    account = PARTS.started(new LocalAccounts()).make("agent");
  }

  @AfterAll
  static void stop() {
    PARTS.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, ssh-ed25519",
    "ecdsa, 256, ecdsa-sha2-nistp256",
    "ecdsa, 384, ecdsa-sha2-nistp384",
    "ecdsa, 521, ecdsa-sha2-nistp521",
    "rsa, 3072, rsa-sha2-512",
  })
  void sshdTakesCertificatesOfEachTypeOfKey(String type, String bits, String algorithm)
      throws Exception {
    try (AgentProcess agent = AgentProcess.start();
        TestCa ca = TestCa.with().keys(in -> agent.keys(in, type, bits)).start()) {
      CaLogin login = new CaLogin(ca, folder, account);
      assertThat(login.succeeds().signature().algorithm()).isEqualTo(algorithm);
      assertThat(login.ofServer().signature().algorithm()).isEqualTo(algorithm);
    }
  }

  @Test
  void withoutItsAgentItSaysSoAndGoesOnWhenTheAgentIsBack() throws Exception {
    try (AgentProcess agent = AgentProcess.start();
        TestCa ca = TestCa.with().keys(in -> agent.keys(in, "ed25519", "256")).start()) {
      CaLogin login = new CaLogin(ca, folder, account);
      try (CaLoad load = CaLoad.of(login)) {
        load.await(201);
        agent.kill();
        load.await(503);
        assertThat(ca.client().readiness().status()).isEqualTo(503);
        assertThat(ca.client().readiness().json().path("checks").path("ledger").asString())
            .isEqualTo("signer");
        agent.startAgain();
        load.await(201);
        load.stop();
      }
      assertThat(ca.exits()).isEmpty();
      ca.checkInvariants();
      login.succeeds();
    }
  }
}
