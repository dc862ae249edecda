/**
 * What leaves the machine, and what is read back from elsewhere: copies of the published ledger in
 * folders and behind HTTP.
 *
 * <p>Governed by DESIGN, section 6 ("Lost entries"), section 10 and C2SP tlog-tiles. Knows the
 * ports of the use cases that it serves, and no other adapter. A target is written by one thread;
 * files are read by any number.
 */
@NullMarked
package dev.daypass.export;

import org.jspecify.annotations.NullMarked;
