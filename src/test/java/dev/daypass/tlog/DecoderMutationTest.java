package dev.daypass.tlog;

import dev.daypass.tlog.tile.EntryBundle;
import dev.daypass.tlog.tile.Tile;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Good inputs of every decoder, mutated at random from a fixed seed. */
class DecoderMutationTest {
  private static final int ROUNDS = Boolean.getBoolean("daypass.long") ? 2_000_000 : 20_000;
  private static final int MAX_BYTES = 4096;
  private static final String NOTE = Fixtures.text("valid_witnessed_checkpoint.txt");
  private static final String TEXT = NOTE.substring(0, NOTE.indexOf("\n\n") + 1);
  // Bytes that mean something to one of the grammars.
  private static final byte[] TELLING = StrictText.utf8("\n +-/=.x019A\u2014\u00a0\r\0");

  @Test
  void noteHolds() {
    mutate(StrictText.utf8(NOTE), Decoders::note);
  }

  @Test
  void noteKeyHolds() {
    String vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    mutate(StrictText.utf8(vkey), Decoders::noteKey);
  }

  @Test
  void checkpointHolds() {
    mutate(StrictText.utf8(TEXT), Decoders::checkpoint);
  }

  @Test
  void proofHolds() {
    String path = (Hash.EMPTY_ROOT.base64() + "\n").repeat(2);
    String note = NOTE.replace("\n185550722\n", "\n3\n");
    String proof = "c2sp.org/tlog-proof@v1\nextra ZXh0cmEK\nindex 0\n" + path + "\n" + note;
    mutate(StrictText.utf8(proof), Decoders::proof);
  }

  @Test
  void tilePathHolds() {
    mutate(StrictText.utf8("tile/1/x001/x234/067.p/17"), Decoders::tilePath);
    mutate(StrictText.utf8("tile/entries/273"), Decoders::tilePath);
  }

  @Test
  void tileHolds() {
    Tile tile = new Tile(List.of(Hash.EMPTY_ROOT, Hash.EMPTY_ROOT));
    mutate(StrictText.concat(new byte[] {1}, tile.encode()), Decoders::tile);
  }

  @Test
  void entryBundleHolds() {
    List<Opaque> entries = ReferenceTree.entries(3).stream().map(Opaque::of).toList();
    byte[] bundle = new EntryBundle(entries).encode();
    mutate(StrictText.concat(new byte[] {2}, bundle), Decoders::entryBundle);
  }

  private static void mutate(byte[] good, Consumer<byte[]> decoder) {
    Random random = new Random(6962);
    decoder.accept(good);
    byte[] input = good;
    for (int round = 0; round < ROUNDS; round++) {
      // Most rounds begin anew, so that most inputs are nearly good.
      input = mutated(random.nextInt(4) > 0 ? good : input, random);
      decoder.accept(input);
    }
  }

  private static byte[] mutated(byte[] input, Random random) {
    if (input.length == 0 || input.length > MAX_BYTES) {
      return TELLING.clone();
    }
    int from = random.nextInt(input.length);
    int to = Math.min(input.length, from + 1 + random.nextInt(8));
    byte[] head = Arrays.copyOf(input, from);
    byte[] rest = Arrays.copyOfRange(input, from, input.length);
    byte[] tail = Arrays.copyOfRange(input, to, input.length);
    byte telling = TELLING[random.nextInt(TELLING.length)];
    return switch (random.nextInt(6)) {
      case 0 -> StrictText.concat(head, tail);
      case 1 -> StrictText.concat(head, StrictText.concat(new byte[] {telling}, rest));
      case 2 -> {
        rest[0] = telling;
        yield StrictText.concat(head, rest);
      }
      case 3 -> {
        rest[0] ^= (byte) (1 << random.nextInt(8));
        yield StrictText.concat(head, rest);
      }
      case 4 -> StrictText.concat(Arrays.copyOf(input, to), rest);
      default -> head;
    };
  }
}
