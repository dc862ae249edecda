/**
 * The files in which a ledger is served and mirrored: tiles of hashes and bundles of entries.
 *
 * <p>Governed by C2SP tlog-tiles. Knows names and contents of the files; must not know where they
 * are stored or how they are sent.
 *
 * <p>Every type is an immutable value and safe for use by any thread.
 */
@NullMarked
package dev.daypass.tlog.tile;

import org.jspecify.annotations.NullMarked;
