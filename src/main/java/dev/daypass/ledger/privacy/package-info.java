/**
 * Taking away what the ledger tells of people: on request, and by age.
 *
 * <p>Governed by DESIGN, section 6, "Details": the entries stay, their details and search columns
 * become tombstones, and an entry of kind {@code details.erased} names each of them, so that
 * nothing can go without a word. What cannot be reached from here is said with every answer.
 *
 * <p>Knows no SQL and not who may ask. For any number of threads.
 */
@NullMarked
package dev.daypass.ledger.privacy;

import org.jspecify.annotations.NullMarked;
