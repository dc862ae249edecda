/**
 * Entries as events of the Open Cybersecurity Schema Framework, version 1.5.0 (schema.ocsf.io).
 *
 * <p>Each kind of entry has one class and activity; which, stands in {@code OcsfActivity}. What the
 * schema has no place for is in {@code unmapped}, where the details are as the ledger has them, but
 * their salt: with it, somebody could prove to others what the details were after they were erased.
 *
 * <p>Nothing here keeps state; every type is safe for any thread.
 */
@NullMarked
package dev.daypass.outward.ocsf;

import org.jspecify.annotations.NullMarked;
