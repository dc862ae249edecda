/**
 * Reads the key {@code keys}: where this machine's private keys are, and which keys of others are
 * never certified.
 *
 * <p>Governed by DESIGN sections 3 and 8, and by CASES 38. It reads no private key: {@code custody}
 * does.
 *
 * <p>A reader is confined to one thread; the record is immutable.
 */
@NullMarked
package dev.daypass.config.keys;

import org.jspecify.annotations.NullMarked;
