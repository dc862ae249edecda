/**
 * {@code daypassd backup} and {@code restore}: the store and the public half of a state folder, at
 * one moment, in a folder whose manifest is written last.
 *
 * <p>DESIGN section 6 governs what a restored store may do: nothing, until it has what the signer
 * has signed for. No private key is ever in a backup, nor the signer's head, which would let an old
 * store pass for the newest. Commands run on the thread that calls them.
 */
@NullMarked
package dev.daypass.cli.backup;

import org.jspecify.annotations.NullMarked;
