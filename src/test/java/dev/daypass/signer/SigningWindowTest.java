package dev.daypass.signer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.signer.SigningWindow.Claim;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import org.junit.jupiter.api.Test;

class SigningWindowTest {
  private static final Hash ROOT = Hash.leaf(new byte[] {1});

  private final SigningWindow window = new SigningWindow(new TreeSize(100));

  @Test
  void opensEntriesBetweenPreviousHeadAndNewOne() {
    add(103);
    assertThat(claim(99)).isEqualTo(Claim.NOT_OPEN);
    assertThat(claim(100)).isEqualTo(Claim.GRANTED);
    assertThat(claim(102)).isEqualTo(Claim.GRANTED);
    assertThat(claim(103)).isEqualTo(Claim.NOT_OPEN);
  }

  @Test
  void grantsEachEntryOnce() {
    add(300);
    for (int i = 100; i < 300; i++) {
      assertThat(claim(i)).isEqualTo(Claim.GRANTED);
    }
    for (int i = 100; i < 300; i++) {
      assertThat(claim(i)).isEqualTo(Claim.TAKEN_BEFORE);
    }
  }

  @Test
  void knowsRootsOfItsCheckpointsOnly() {
    add(103);
    assertThat(window.root(new TreeSize(103))).contains(ROOT);
    assertThat(window.root(new TreeSize(100))).isEmpty();
    assertThat(window.root(new TreeSize(104))).isEmpty();
  }

  @Test
  void addingTheSameCheckpointAgainOpensNothingAnew() {
    add(103);
    assertThat(claim(101)).isEqualTo(Claim.GRANTED);
    add(103);
    assertThat(claim(101)).isEqualTo(Claim.TAKEN_BEFORE);
  }

  @Test
  void checkpointOfTheHeadAtStartOpensNothing() {
    add(100);
    assertThat(window.root(new TreeSize(100))).contains(ROOT);
    assertThat(claim(99)).isEqualTo(Claim.NOT_OPEN);
    assertThat(claim(100)).isEqualTo(Claim.NOT_OPEN);
  }

  @Test
  void forgetsTheOldestCheckpoint() {
    for (int i = 1; i <= SigningWindow.MAX_CHECKPOINTS; i++) {
      add(100 + i);
    }
    assertThat(window.root(new TreeSize(101))).isPresent();

    add(101 + SigningWindow.MAX_CHECKPOINTS);

    assertThat(window.root(new TreeSize(101))).isEmpty();
    assertThat(claim(100)).isEqualTo(Claim.NOT_OPEN);
    assertThat(claim(101)).isEqualTo(Claim.GRANTED);
  }

  @Test
  void neverHoldsMoreThanItsBoundOfOpenEntries() {
    add(200);
    add(100 + SigningWindow.MAX_OPEN_ENTRIES);
    assertThat(claim(100)).isEqualTo(Claim.GRANTED);

    add(101 + SigningWindow.MAX_OPEN_ENTRIES);

    assertThat(claim(101)).isEqualTo(Claim.NOT_OPEN);
    assertThat(claim(200)).isEqualTo(Claim.GRANTED);
  }

  @Test
  void opensNothingOfCheckpointThatCatchesUp() {
    add(101 + SigningWindow.MAX_OPEN_ENTRIES);
    assertThat(claim(100)).isEqualTo(Claim.NOT_OPEN);
    assertThat(claim(100 + SigningWindow.MAX_OPEN_ENTRIES)).isEqualTo(Claim.NOT_OPEN);

    add(102 + SigningWindow.MAX_OPEN_ENTRIES);
    assertThat(claim(101 + SigningWindow.MAX_OPEN_ENTRIES)).isEqualTo(Claim.GRANTED);
  }

  private void add(long size) {
    window.add(new TreeSize(size), ROOT);
  }

  private Claim claim(long index) {
    return window.claim(new EntryNumber(index));
  }
}
