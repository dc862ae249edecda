/**
 * A proposed policy over what was really asked: who would gain, who would lose ({@code daypassd
 * policy replay}).
 *
 * <p>It reads details of grants and refusals (DESIGN section 6) and lets two policies decide each
 * again (section 5). What details do not hold, such as claims of a token, is said and never
 * guessed. It writes nothing, and runs on the thread that calls it.
 */
@NullMarked
package dev.daypass.issuance.replay;

import org.jspecify.annotations.NullMarked;
