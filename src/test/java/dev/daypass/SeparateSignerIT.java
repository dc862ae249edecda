package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The daemon and the signer in two processes: who holds which key. */
final class SeparateSignerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SEED_BYTES = 32;

  private SignerRun signer;

  @BeforeEach
  void start() throws Exception {
    signer = SignerRun.start();
  }

  @AfterEach
  void stop() throws Exception {
    signer.close();
  }

  @Test
  void theDaemonsMemoryHoldsNoKeyOfTheSigners() throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    try (TestCa ca = TestCa.with().keys(_ -> signer.keys()).start()) {
      ca.stopDaemon();
      try (DaemonProcess daemon = DaemonProcess.start(ca.files())) {
        var _ = daemon.awaitReady(PATIENCE);
        ca.client().restartedAt(Instant.now());
        for (int i = 0; i < 20; i++) {
          String token = ca.idp().token("alice@example.com", "dba");
          CaAnswer answer = ca.client().certificate(key, token).send();
          assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
        byte[] channel = seed(ca.files().keyFile(KeyUse.CHANNEL));
        assertThat(ProcessMemory.holds(daemon.pid(), channel)).as("its own key").isTrue();
        for (byte[] seed : signersSeeds()) {
          assertThat(ProcessMemory.holds(signer.pid(), seed)).as("the signer holds it").isTrue();
          assertThat(ProcessMemory.holds(daemon.pid(), seed)).as("the daemon holds it").isFalse();
        }
      }
      ca.checkInvariants();
    }
  }

  @Test
  void whileTheSignerIsAwayItSaysSoAndGoesOnWithoutARestart() throws Exception {
    OpenSshPrivateKey key = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    try (TestCa ca = TestCa.with().keys(_ -> signer.keys()).start()) {
      for (int round = 0; round < 3; round++) {
        assertThat(ask(ca, key).status()).isEqualTo(201);
        signer.kill();
        CaAnswer away = ask(ca, key);
        assertThat(away.status()).as(away.body()).isEqualTo(503);
        assertThat(away.body()).contains("The keys cannot be used at the moment");
        assertThat(ca.client().readiness().json().path("checks").path("ledger").asString())
            .isEqualTo("signer");
        signer.startAgain();
        CaAnswer back = ask(ca, key);
        assertThat(back.status()).as(back.body()).isEqualTo(201);
        assertThat(ca.client().readiness().status()).isEqualTo(200);
        ca.checkInvariants();
      }
      ca.restart();
      assertThat(ask(ca, key).status()).isEqualTo(201);
      assertThat(ca.exits()).isEmpty();
      ca.checkInvariants();
    }
  }

  private static CaAnswer ask(TestCa ca, OpenSshPrivateKey key) throws Exception {
    String token = ca.idp().token("alice@example.com", "dba");
    return ca.client().certificate(key, token).send();
  }

  private List<byte[]> signersSeeds() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (KeyUse use : List.of(KeyUse.USER_CA, KeyUse.HOST_CA, KeyUse.LEDGER)) {
      seeds.add(seed(signer.state().resolve("keys").resolve(use.keyName())));
    }
    return seeds;
  }

  /** The 32 secret bytes of an Ed25519 key, out of its file (PROTOCOL.key sections 2 and 3). */
  private static byte[] seed(Path file) throws Exception {
    String armor = Files.readString(file);
    String base64 = armor.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
    WireReader reader = WireReader.of(Bytes.of(Base64.getDecoder().decode(base64)));
    reader.raw("openssh-key-v1\0".length());
    reader.string(); // cipher
    reader.string(); // kdf
    reader.string(); // its options
    reader.uint32(); // one key
    reader.string(); // the public half
    WireReader secrets = reader.nested();
    secrets.uint64(); // the check numbers
    secrets.string(); // the type
    secrets.string(); // the point
    return secrets.string().slice(0, SEED_BYTES).toArray();
  }
}
