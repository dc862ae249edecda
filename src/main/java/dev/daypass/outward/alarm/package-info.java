/**
 * What somebody is told of at once: alarms, and unusual use of one's own account.
 *
 * <p>The rule for what is unusual is one that can be explained to whoever is woken by it, and is
 * evaluated from the ledger alone: see {@code UnusualUse}. It refuses nothing.
 *
 * <p>Knows neither mail nor webhooks. What is remembered of people is the feed's own thread's.
 */
@NullMarked
package dev.daypass.outward.alarm;

import org.jspecify.annotations.NullMarked;
