package dev.daypass.ledger.store;

import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.Hash;

/**
 * A tile of 256 hashes (C2SP tlog-tiles): it never changes again.
 *
 * @param level the tile level, 0 for leaf hashes
 * @param index which tile of its level, from 0
 * @param hashes 8192 bytes
 * @param root the root of its subtree, which is one hash of the tile above
 */
public record FullTile(int level, long index, Bytes hashes, Hash root) {}
