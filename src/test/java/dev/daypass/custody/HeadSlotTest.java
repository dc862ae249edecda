package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.signer.SignerHead;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadSlotTest {
  private static final Hash ROOT = Hash.leaf(new byte[] {1});
  private static final HeadSlot SLOT =
      new HeadSlot(7, new SignerHead("ca.example.com/daypass", new TreeSize(Long.MAX_VALUE), ROOT));

  @Test
  void decodesWhatItEncoded() {
    assertThat(SLOT.encode()).hasSize(HeadSlot.BYTES);
    assertThat(HeadSlot.decode(SLOT.encode())).contains(SLOT);
  }

  @Test
  void holdsLongestOrigin() {
    HeadSlot longest = withOrigin("o".repeat(422));
    assertThat(HeadSlot.decode(longest.encode())).contains(longest);
    assertThatIllegalArgumentException().isThrownBy(withOrigin("o".repeat(423))::encode);
    assertThatIllegalArgumentException().isThrownBy(withOrigin("")::encode);
  }

  @Test
  void holdsNoHeadIfAnyBitIsWrong() {
    byte[] bytes = SLOT.encode();
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] wrong = bytes.clone();
      wrong[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(HeadSlot.decode(wrong)).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void holdsNoHeadIfItWasNeverWritten() {
    assertThat(HeadSlot.decode(new byte[HeadSlot.BYTES])).isEmpty();
    byte[] ones = new byte[HeadSlot.BYTES];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(HeadSlot.decode(ones)).isEmpty();
  }

  @Test
  void decodesNothingOutOfNoise() {
    Random random = new Random(11);
    byte[] noise = new byte[HeadSlot.BYTES];
    for (int i = 0; i < 10_000; i++) {
      random.nextBytes(noise);
      System.arraycopy(SLOT.encode(), 0, noise, 0, random.nextInt(HeadSlot.BYTES - 32));
      assertThat(HeadSlot.decode(noise)).isEmpty();
    }
  }

  private static HeadSlot withOrigin(String origin) {
    return new HeadSlot(0, new SignerHead(origin, new TreeSize(1), ROOT));
  }
}
