/**
 * The servers: which are known, with which labels, and the trust bundle that tells them whom to
 * trust. DESIGN sections 3 (keys), 5 (hosts) and 9 govern it.
 *
 * <p>It must not know how a bundle is served or where configuration comes from. All but the live
 * directory is immutable.
 */
@NullMarked
package dev.daypass.fleet;

import org.jspecify.annotations.NullMarked;
