/**
 * What servers ask: to join, for their principals, trust bundle and certificate; and the tokens
 * with which operators let them. DESIGN section 7 and CASES 81 govern it.
 *
 * <p>A server signs each request with its own SSH host key, in a namespace of its own; what a user
 * signed is no server's request. It knows nothing of ledgers and stores.
 *
 * <p>Everything here is safe for any number of threads.
 */
@NullMarked
package dev.daypass.web.server;

import org.jspecify.annotations.NullMarked;
