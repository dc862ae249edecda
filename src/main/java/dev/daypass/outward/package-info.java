/**
 * The ledger told to others as it grows: each entry as an event to wherever a company looks.
 *
 * <p>A feed follows the ledger to one target by its own position, which is durable: in order, at
 * least once, and never in the way of an append. What an event looks like is in {@code ocsf}, what
 * is worth waking somebody for in {@code alarm}.
 *
 * <p>Knows neither sockets nor files: a target is a port here. A feed is moved on by one thread of
 * its own; its standing is for any thread.
 */
@NullMarked
package dev.daypass.outward;

import org.jspecify.annotations.NullMarked;
