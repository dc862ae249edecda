/**
 * The key {@code ledger}: its name, the signer's head, who may read what is published, where copies
 * go and who witnesses it.
 *
 * <p>Governed by DESIGN, sections 6 and 8. Knows no use case but the formats that stand in the
 * file. Every type is an immutable value.
 */
@NullMarked
package dev.daypass.config.ledger;

import org.jspecify.annotations.NullMarked;
