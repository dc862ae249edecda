/**
 * What servers get: the map of principals, their certificates, and the answers that carry them,
 * signed with the channel key. DESIGN sections 3 (keys), 5 (principals), 6 (host certificates) and
 * 9 govern it.
 *
 * <p>Each document is lines of a name, a space and values, in one order, so that a shell needs no
 * parser; a server refuses lines that it does not know. It knows neither HTTP nor how a server
 * joined.
 *
 * <p>Values are immutable; the rest is safe for any number of threads.
 */
@NullMarked
package dev.daypass.fleet.answer;

import org.jspecify.annotations.NullMarked;
