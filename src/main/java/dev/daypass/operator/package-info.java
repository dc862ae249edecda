/**
 * The operator's door: commands over a Unix socket whose file mode says who may knock. DESIGN
 * section 7 (the local socket) and section 8 (the commands) govern it.
 *
 * <p>A command says what to do and to whom; what that means is the use case's matter. Lines ask and
 * lines answer: {@code cli} puts them in words.
 *
 * <p>One thread serves one caller at a time.
 */
@NullMarked
package dev.daypass.operator;

import org.jspecify.annotations.NullMarked;
