/**
 * {@code daypassd hosts} and {@code daypassd bundle}: servers, and what they trust.
 *
 * <p>DESIGN sections 8 and 9 govern it. A trust bundle is signed where the root key is, which need
 * not be the machine of the daemon.
 */
@NullMarked
package dev.daypass.cli.host;

import org.jspecify.annotations.NullMarked;
