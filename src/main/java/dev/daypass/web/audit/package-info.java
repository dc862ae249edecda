/**
 * What auditors read: the published ledger.
 *
 * <p>Governed by DESIGN, sections 6 and 7, and C2SP tlog-tiles. Knows the ledger as ports; must not
 * know where it is kept, nor how an asker was recognised. Every route is safe for any thread.
 */
@NullMarked
package dev.daypass.web.audit;

import org.jspecify.annotations.NullMarked;
