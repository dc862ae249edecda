/**
 * The signer in a process of its own: what is asked over its Unix socket and answered, the listener
 * around the signer, and the port's other end in the daemon.
 *
 * <p>DESIGN section 3 governs it. Only three things can be asked, each in one form: there is no way
 * to have any other bytes signed. The listener believes nothing that it reads, and serves one user
 * of this machine; the daemon verifies what it gets. What may be signed is for {@link
 * dev.daypass.signer} to say.
 *
 * <p>A thread for each connection at the listener; any number of threads ask.
 */
@NullMarked
package dev.daypass.custody.remote;

import org.jspecify.annotations.NullMarked;
