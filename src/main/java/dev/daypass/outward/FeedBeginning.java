package dev.daypass.outward;

/** Where a feed begins that has no position yet. */
public enum FeedBeginning {
  /** With entry 0. */
  FIRST,
  /** With what is written from now on. */
  NOW
}
