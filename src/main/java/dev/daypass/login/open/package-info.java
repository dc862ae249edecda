/**
 * What becomes of a login once its key is bound: whom the key stands for, re-checks with the
 * identity provider, the end, and the revocation of what it was given.
 *
 * <p>DESIGN section 4 (Re-check) governs it. It sees the store and the providers through their
 * ports and never the wire. Requests come on threads of their own; no lock is held over I/O: one
 * check at a time is a map of futures, an end is one commit.
 */
@NullMarked
package dev.daypass.login.open;

import org.jspecify.annotations.NullMarked;
