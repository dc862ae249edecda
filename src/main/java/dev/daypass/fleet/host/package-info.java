/**
 * The servers that joined: how one joins, by a single-use token or by an operator's approval of its
 * key; its labels; how it leaves. DESIGN sections 5 (labels), 6 (entries), 7 and 9 govern it, and
 * CASES 81.
 *
 * <p>A change is recorded as begun, written into the ledger, and only then in force: whatever a
 * crash leaves unfinished is finished by {@link dev.daypass.fleet.host.HostRegistry#settle}. It
 * knows neither HTTP nor SQL.
 *
 * <p>Values are immutable; the registry is safe for any number of threads.
 */
@NullMarked
package dev.daypass.fleet.host;

import org.jspecify.annotations.NullMarked;
