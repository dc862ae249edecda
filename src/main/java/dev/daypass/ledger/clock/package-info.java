/**
 * The clock rule: when the wall clock may be believed.
 *
 * <p>Governed by DESIGN, section 6, "Clock". A clock that jumped would give certificates a window
 * that nobody granted, and entries times that lie, so signing stops until the clock is good again.
 *
 * <p>It knows nothing of entries. The kernel's clocks are a port, so that tests need no waiting.
 */
@NullMarked
package dev.daypass.ledger.clock;

import org.jspecify.annotations.NullMarked;
