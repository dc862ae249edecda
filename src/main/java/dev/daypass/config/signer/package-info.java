/**
 * Reads {@code signer.yaml}, the configuration of {@code daypassd signer} (DESIGN section 3).
 *
 * <p>A file of its own: the signer's user reads none of the daemon's secrets, and nothing that the
 * daemon's user may change has any say in what is signed.
 *
 * <p>A reader is confined to one thread; the record is immutable.
 */
@NullMarked
package dev.daypass.config.signer;

import org.jspecify.annotations.NullMarked;
