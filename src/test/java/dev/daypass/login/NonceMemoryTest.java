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

  private static final long TIME = 1_795_223_580;

  private Duration now = Duration.ofDays(-7);
  private final NonceMemory memory = new NonceMemory(() -> now.toNanos());

  @Test
  void knowsNonceAgain() {
    assertThat(remember(KEY, "a")).isEqualTo(Novelty.NEW);
    assertThat(remember(KEY, "a")).isEqualTo(Novelty.SEEN);
    assertThat(remember(KEY, "b")).isEqualTo(Novelty.NEW);
    assertThat(remember(OTHER, "a")).isEqualTo(Novelty.NEW);
  }

  @Test
  void remembersFor120SecondsWhereverTheyBegin() {
    for (int begin = 0; begin < 45; begin++) {
      now = now.plusSeconds(1);
      String nonce = "nonce " + begin;
      assertThat(remember(KEY, nonce)).isEqualTo(Novelty.NEW);
      Duration then = now;
      for (int later : new int[] {1, 39, 40, 41, 79, 80, 81, 119, 120}) {
        now = then.plusSeconds(later);
        assertThat(remember(KEY, nonce)).as("after %d s", later).isEqualTo(Novelty.SEEN);
      }
      now = now.plusSeconds(41);
      assertThat(remember(KEY, nonce)).isEqualTo(Novelty.NEW);
    }
  }

  @Test
  void forgetsEverythingAfterLongSilence() {
    remember(KEY, "a");
    now = now.plusDays(30);
    assertThat(remember(KEY, "a")).isEqualTo(Novelty.NEW);
    assertThat(remember(KEY, "a")).isEqualTo(Novelty.SEEN);
  }

  @Test
  void refusesWhatItHasNoRoomFor() {
    NonceMemory small = new NonceMemory(() -> now.toNanos(), 10);
    int full = 0;
    while (small.remember(KEY, "nonce " + full, TIME + now.toSeconds()) != Novelty.FULL) {
      full++;
    }
    assertThat(full).isGreaterThanOrEqualTo(10);
    assertThat(small.remember(KEY, "nonce 0", TIME)).as("still remembered").isEqualTo(Novelty.SEEN);
    now = now.plusSeconds(200);
    assertThat(small.remember(KEY, "nonce " + full, TIME + now.toSeconds())).isEqualTo(Novelty.NEW);
  }

  @Test
  void takesNothingForNewThatIsAsOldAsWhatItForgot() {
    assertThat(memory.remember(KEY, "a", TIME)).isEqualTo(Novelty.NEW);
    now = now.plusSeconds(160);
    assertThat(memory.remember(KEY, "a", TIME)).isEqualTo(Novelty.FORGOTTEN);
    assertThat(memory.remember(KEY, "a", TIME - 1)).isEqualTo(Novelty.FORGOTTEN);
    assertThat(memory.remember(KEY, "a", TIME + 1)).isEqualTo(Novelty.NEW);
    assertThat(memory.remember(KEY, "a", TIME + 1)).isEqualTo(Novelty.SEEN);
  }

  /** As when the clock of the day is set back while it runs. */
  @Test
  void keepsTheNewestTimeAndNotTheLast() {
    assertThat(memory.remember(KEY, "a", TIME)).isEqualTo(Novelty.NEW);
    assertThat(memory.remember(KEY, "a".repeat(2), TIME - 100)).isEqualTo(Novelty.NEW);
    now = now.plusSeconds(40);
    assertThat(memory.remember(KEY, "b", TIME - 100)).isEqualTo(Novelty.NEW);
    now = now.plusDays(1);
    assertThat(memory.remember(KEY, "a", TIME)).isEqualTo(Novelty.FORGOTTEN);
    assertThat(memory.remember(KEY, "b", TIME - 100)).isEqualTo(Novelty.FORGOTTEN);
  }

  private Novelty remember(SshPublicKey key, String nonce) {
    return memory.remember(key, nonce, TIME + now.toSeconds());
  }

  private static SshPublicKey key() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }
}
