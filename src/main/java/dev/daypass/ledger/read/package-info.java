/**
 * Reading the ledger: searching it, page by page, and walking through all of it.
 *
 * <p>Governed by DESIGN, sections 6 and 7 ({@code GET /v1/entries}). What has a search column is
 * found by an index; the rest is looked for in the details, a bounded number of entries at a time.
 *
 * <p>Knows no HTTP and not who asks. For any number of threads.
 */
@NullMarked
package dev.daypass.ledger.read;

import org.jspecify.annotations.NullMarked;
