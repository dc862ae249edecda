/**
 * What each day brought: grants by role and by hour, refusals, alarms, the certificates that last
 * longest. Kept, so that a chart of a year costs no more than one of a week.
 *
 * <p>Governed by STYLE ("How it looks") and by DESIGN, section 6, "Details": counts hold nobody's
 * name and stay when details are erased; what is known of single certificates goes with them.
 *
 * <p>It reads the ledger behind its writer and adds nothing to an append. It must not know who
 * looks.
 *
 * <p>Threading: one thread advances, any number look.
 */
@NullMarked
package dev.daypass.ledger.count;

import org.jspecify.annotations.NullMarked;
