/**
 * The entry: the public part of what was written down, hashed into the tree.
 *
 * <p>Governed by DESIGN, section 6 ("Entry"): canonical JSON of at most 1 KiB, kinds from a closed
 * list, times that have one form. What decodes is exactly what would be encoded again.
 *
 * <p>Knows nothing of the sequencer, of the store, or of private details but their hash. Every type
 * is immutable and safe for any thread.
 */
@NullMarked
package dev.daypass.ledger.entry;

import org.jspecify.annotations.NullMarked;
