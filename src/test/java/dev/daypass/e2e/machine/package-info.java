/**
 * Machines for tests of the server's side: this one behind a mount namespace, and the Debian
 * releases with the OpenSSH that each ships, in namespaces of their own, with and without systemd.
 *
 * <p>Nothing of them reaches out: they have no network but loopback, and what is written in them is
 * gone with them. They are made as root, in a container.
 */
@NullMarked
package dev.daypass.e2e.machine;

import org.jspecify.annotations.NullMarked;
