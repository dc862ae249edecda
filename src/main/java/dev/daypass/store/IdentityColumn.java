package dev.daypass.store;

import dev.daypass.ssh.Bytes;

/**
 * What the search column has of an identity: a part of its hash. SQLite may leave copies of index
 * entries in the free space of a page when it moves them, also of some that are erased later; they
 * must not name anybody.
 */
final class IdentityColumn {
  private static final int HEX_DIGITS = 32;

  private IdentityColumn() {}

  static String of(String identity) {
    return Bytes.ofUtf8(identity).sha256().hex().substring(0, HEX_DIGITS);
  }
}
