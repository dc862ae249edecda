package dev.daypass.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.login.NonceMemory.Novelty;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NonceMemoryTest {
  private static final SshPublicKey KEY = key();
  private static final SshPublicKey OTHER = key();

  private Duration now = Duration.ofDays(-7);
  private final NonceMemory memory = new NonceMemory(() -> now.toNanos());

  @Test
  void knowsNonceAgain() {
    assertThat(memory.remember(KEY, "a")).isEqualTo(Novelty.NEW);
    assertThat(memory.remember(KEY, "a")).isEqualTo(Novelty.SEEN);
    assertThat(memory.remember(KEY, "b")).isEqualTo(Novelty.NEW);
    assertThat(memory.remember(OTHER, "a")).isEqualTo(Novelty.NEW);
  }

  @Test
  void remembersFor120SecondsWhereverTheyBegin() {
    for (int begin = 0; begin < 45; begin++) {
      now = now.plusSeconds(1);
      String nonce = "nonce " + begin;
      assertThat(memory.remember(KEY, nonce)).isEqualTo(Novelty.NEW);
      Duration then = now;
      for (int later : new int[] {1, 39, 40, 41, 79, 80, 81, 119, 120}) {
        now = then.plusSeconds(later);
        assertThat(memory.remember(KEY, nonce)).as("after %d s", later).isEqualTo(Novelty.SEEN);
      }
      now = now.plusSeconds(41);
      assertThat(memory.remember(KEY, nonce)).isEqualTo(Novelty.NEW);
    }
  }

  @Test
  void forgetsEverythingAfterLongSilence() {
    memory.remember(KEY, "a");
    now = now.plusDays(30);
    assertThat(memory.remember(KEY, "a")).isEqualTo(Novelty.NEW);
    assertThat(memory.remember(KEY, "a")).isEqualTo(Novelty.SEEN);
  }

  @Test
  void refusesWhatItHasNoRoomFor() {
    NonceMemory small = new NonceMemory(() -> now.toNanos(), 10);
    int full = 0;
    while (small.remember(KEY, "nonce " + full) != Novelty.FULL) {
      full++;
    }
    assertThat(full).isGreaterThanOrEqualTo(10);
    assertThat(small.remember(KEY, "nonce 0")).as("still remembered").isEqualTo(Novelty.SEEN);
    now = now.plusSeconds(200);
    assertThat(small.remember(KEY, "nonce " + full)).isEqualTo(Novelty.NEW);
  }

  private static SshPublicKey key() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }
}
