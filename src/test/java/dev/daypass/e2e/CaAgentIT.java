package dev.daypass.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.CaFiles;
import dev.daypass.TestCa;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshPublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        TestCa ca = TestCa.with().keys(in -> keys(agent, in, type, bits)).start()) {
      CaLogin login = new CaLogin(ca, folder, account);
      assertThat(login.succeeds().signature().algorithm()).isEqualTo(algorithm);
      assertThat(login.ofServer().signature().algorithm()).isEqualTo(algorithm);
    }
  }

  @Test
  void withoutItsAgentItSaysSoAndGoesOnWhenTheAgentIsBack() throws Exception {
    try (AgentProcess agent = AgentProcess.start();
        TestCa ca = TestCa.with().keys(in -> keys(agent, in, "ed25519", "256")).start()) {
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

  /** CA keys of that type, the ledger key Ed25519, all in the agent; no file stays. */
  private static CaFiles.Keys keys(AgentProcess agent, Path in, String type, String bits)
      throws IOException {
    StringBuilder yaml = new StringBuilder();
    Map<KeyUse, SshPublicKey> present = new EnumMap<>(KeyUse.class);
    for (KeyUse use : List.of(KeyUse.USER_CA, KeyUse.HOST_CA, KeyUse.LEDGER)) {
      Path key = in.resolve(use.keyName());
      boolean chosen = use != KeyUse.LEDGER;
      Command make =
          Command.of("ssh-keygen", "-q", "-t", chosen ? type : "ed25519", "-N", "")
              .and("-f", key.toString());
      var _ = (chosen && !type.equals("ed25519") ? make.and("-b", bits) : make).output();
      agent.add(key);
      present.put(use, CaKeyFilesIT.half(key));
      yaml.append(use.keyName())
          .append(": { agent: %s, public-key: %s.pub }%n".formatted(agent.socket(), key));
    }
    return new CaFiles.Keys(yaml.toString(), present);
  }

  /** OpenSSH's agent in the foreground, with the keys that it was given, also after a restart. */
  private static final class AgentProcess implements AutoCloseable {
    private final Path home;
    private final List<String> keys = new ArrayList<>();
    private Process process;

    private AgentProcess(Path home) throws IOException {
      this.home = home;
      this.process = run();
    }

    static AgentProcess start() throws IOException {
      return new AgentProcess(Files.createTempDirectory("dp-ag"));
    }

    Path socket() {
      return home.resolve("s");
    }

    void add(Path key) throws IOException {
      keys.add(Files.readString(key));
      Files.delete(key);
      give(keys.getLast());
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
      Files.deleteIfExists(socket());
      process = run();
      for (String key : keys) {
        give(key);
      }
    }

    @Override
    public void close() throws IOException {
      process.destroyForcibly().onExit().join();
      Files.deleteIfExists(socket());
      Files.delete(home);
    }

    private Process run() throws IOException {
      return new ProcessBuilder(Command.program("ssh-agent"), "-D", "-a", socket().toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    }

    /** Through a pipe, as no file holds it. */
    private void give(String key) throws IOException {
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (!Files.exists(socket())) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
      ProcessBuilder add =
          new ProcessBuilder(Command.program("ssh-add"), "-q", "-").redirectErrorStream(true);
      add.environment().put("SSH_AUTH_SOCK", socket().toString());
      Process adding = add.start();
      try (var in = adding.getOutputStream()) {
        in.write(key.getBytes(StandardCharsets.US_ASCII));
      }
      String said = new String(adding.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(adding.onExit().join().exitValue()).as(said).isZero();
    }
  }
}
