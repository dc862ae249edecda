package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.daypass.signer.SignerHead;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoSlotHeadFileTest {
  private static final String ORIGIN = "ca.example.com/daypass";

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void create() throws IOException {
    path = folder.resolve("head");
    TwoSlotHeadFile.create(path, ORIGIN);
  }

  @Test
  void beginsWithTheHeadOfAnEmptyLedger() throws Exception {
    assertThat(reopened()).isEqualTo(SignerHead.ofNewLedger(ORIGIN));
  }

  @Test
  void isPrivateAndPreallocated() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    write(head(1), head(2), head(3));
    assertThat(Files.size(path)).isEqualTo(TwoSlotHeadFile.FILE_BYTES);
  }

  @Test
  void returnsTheNewestHeadAfterEachWrite() throws Exception {
    try (TwoSlotHeadFile file = TwoSlotHeadFile.open(path)) {
      for (int size = 1; size < 20; size++) {
        file.write(head(size));
        assertThat(file.read()).isEqualTo(head(size));
      }
    }
    assertThat(reopened()).isEqualTo(head(19));
  }

  @Test
  void keepsThePreviousHeadIntactWhileItWritesTheNext() throws Exception {
    write(head(1));
    byte[] before = Files.readAllBytes(path);
    write(head(2));
    byte[] after = Files.readAllBytes(path);
    int odd = TwoSlotHeadFile.SLOT_DISTANCE_BYTES;
    assertThat(Arrays.copyOfRange(after, odd, odd + HeadSlot.BYTES))
        .isEqualTo(Arrays.copyOfRange(before, odd, odd + HeadSlot.BYTES));
  }

  @Test
  void recoversThePreviousHeadFromWriteTornAtAnyByte() throws Exception {
    for (int last = 2; last <= 3; last++) {
      write(head(last - 1));
      byte[] before = Files.readAllBytes(path);
      write(head(last));
      byte[] after = Files.readAllBytes(path);
      int slot = slotThatDiffers(before, after);
      int changed = lastDifference(before, after) + 1;
      for (int written = 0; written < HeadSlot.BYTES; written++) {
        byte[] torn = before.clone();
        System.arraycopy(after, slot, torn, slot, written);
        Files.write(path, torn);
        SignerHead expected = slot + written >= changed ? head(last) : head(last - 1);
        assertThat(reopened()).as("%d bytes written", written).isEqualTo(expected);
      }
      Files.write(path, after);
    }
  }

  @Test
  void recoversThePreviousHeadFromSlotOfGarbage() throws Exception {
    write(head(1), head(2));
    byte[] bytes = Files.readAllBytes(path);
    Arrays.fill(bytes, 0, HeadSlot.BYTES, (byte) 0xa5);
    Files.write(path, bytes);
    assertThat(reopened()).isEqualTo(head(1));
  }

  @Test
  void goesOnAfterTornWrite() throws Exception {
    write(head(1), head(2));
    byte[] bytes = Files.readAllBytes(path);
    bytes[100] ^= 1;
    Files.write(path, bytes);
    write(head(5));
    assertThat(reopened()).isEqualTo(head(5));
    write(head(6));
    assertThat(reopened()).isEqualTo(head(6));
  }

  @Test
  void refusesFileWithoutAnyHead() throws Exception {
    Files.write(path, new byte[TwoSlotHeadFile.FILE_BYTES]);
    assertThatIOException().isThrownBy(this::reopened).withMessageContaining("neither slot");
  }

  @Test
  void refusesSlotThatWasCopiedOverTheOther() throws Exception {
    byte[] bytes = Files.readAllBytes(path);
    byte[] swapped = new byte[bytes.length];
    System.arraycopy(bytes, 0, swapped, TwoSlotHeadFile.SLOT_DISTANCE_BYTES, HeadSlot.BYTES);
    Files.write(path, swapped);
    assertThatIOException().isThrownBy(this::reopened).withMessageContaining("neither slot");
  }

  @Test
  void refusesFileOfAnotherLength() throws Exception {
    Files.write(path, new byte[10]);
    assertThatIOException().isThrownBy(this::reopened).withMessageContaining("not a head file");
  }

  @Test
  void neverBeginsAnewWhereTheFileIsMissing() throws Exception {
    Files.delete(path);
    assertThatIOException().isThrownBy(this::reopened).isInstanceOf(NoSuchFileException.class);
    assertThat(path).doesNotExist();
  }

  @Test
  void neverOverwrites() throws Exception {
    write(head(9));
    assertThatIOException()
        .isThrownBy(() -> TwoSlotHeadFile.create(path, ORIGIN))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(reopened()).isEqualTo(head(9));
  }

  @Test
  void belongsToOneHolderAtATime() throws Exception {
    try (TwoSlotHeadFile held = TwoSlotHeadFile.open(path)) {
      assertThatIOException().isThrownBy(this::reopened).withMessageContaining("in use");
      held.write(head(1));
    }
    assertThat(reopened()).isEqualTo(head(1));
  }

  @Test
  void refusesFileThatOthersMayRead() throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatIOException().isThrownBy(this::reopened).withMessageContaining("open to others");
  }

  @Test
  void refusesSymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    assertThatIOException()
        .isThrownBy(() -> TwoSlotHeadFile.open(link))
        .withMessageContaining("symbolic link");
  }

  private void write(SignerHead... heads) throws IOException {
    try (TwoSlotHeadFile file = TwoSlotHeadFile.open(path)) {
      for (SignerHead head : heads) {
        file.write(head);
      }
    }
  }

  private SignerHead reopened() throws IOException {
    try (TwoSlotHeadFile file = TwoSlotHeadFile.open(path)) {
      return file.read();
    }
  }

  private static int slotThatDiffers(byte[] before, byte[] after) {
    return Arrays.mismatch(before, after) < TwoSlotHeadFile.SLOT_DISTANCE_BYTES
        ? 0
        : TwoSlotHeadFile.SLOT_DISTANCE_BYTES;
  }

  private static int lastDifference(byte[] before, byte[] after) {
    int i = before.length - 1;
    while (before[i] == after[i]) {
      i--;
    }
    return i;
  }

  private static SignerHead head(int size) {
    return new SignerHead(ORIGIN, new TreeSize(size), Hash.leaf(new byte[] {(byte) size}));
  }
}
