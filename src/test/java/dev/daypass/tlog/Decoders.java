package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.tlog.tile.EntryBundle;
import dev.daypass.tlog.tile.Tile;
import dev.daypass.tlog.tile.TilePath;
import java.util.Arrays;

/**
 * What holds for a decoder whatever it is fed: it refuses with an offset inside the input, or what
 * it took is written back byte for byte.
 */
final class Decoders {
  private Decoders() {}

  static void note(byte[] input) {
    check(input, () -> StrictText.utf8(SignedNote.decode(input).encode()));
  }

  static void noteKey(byte[] input) {
    check(input, () -> StrictText.utf8(NoteKey.parse(StrictText.utf8(input)).vkey()));
  }

  static void checkpoint(byte[] input) {
    check(input, () -> StrictText.utf8(Checkpoint.parse(StrictText.utf8(input)).text()));
  }

  static void proof(byte[] input) {
    check(input, () -> StrictText.utf8(TlogProof.decode(input).encode()));
  }

  static void tilePath(byte[] input) {
    check(input, () -> StrictText.utf8(TilePath.parse(StrictText.utf8(input)).path()));
  }

  /** The first byte is the width less one, as the path would say it. */
  static void tile(byte[] input) {
    if (input.length > 0) {
      byte[] content = Arrays.copyOfRange(input, 1, input.length);
      check(content, () -> Tile.decode(content, 1 + (input[0] & 0xff)).encode());
    }
  }

  /** The first byte is the width less one, as the path would say it. */
  static void entryBundle(byte[] input) {
    if (input.length > 0) {
      byte[] content = Arrays.copyOfRange(input, 1, input.length);
      check(content, () -> EntryBundle.decode(content, 1 + (input[0] & 0xff)).encode());
    }
  }

  private static void check(byte[] input, Decoding decoding) {
    try {
      assertThat(decoding.writtenBack()).isEqualTo(input);
    } catch (TlogFormatException e) {
      assertThat(e.offset()).isBetween(0, input.length);
    }
  }

  @FunctionalInterface
  private interface Decoding {
    byte[] writtenBack() throws TlogFormatException;
  }
}
