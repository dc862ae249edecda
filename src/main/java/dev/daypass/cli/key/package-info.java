/**
 * {@code daypassd ca}: the life of CA keys and ledger keys, as the operator leads it.
 *
 * <p>DESIGN sections 3 and 8 govern it. The daemon changes keys; here is only asked, and the next
 * trust bundle is prepared, which the root key signs elsewhere.
 */
@NullMarked
package dev.daypass.cli.key;

import org.jspecify.annotations.NullMarked;
