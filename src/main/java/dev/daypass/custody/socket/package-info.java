/**
 * Questions and answers over Unix sockets, to an ssh-agent and to the signer's own process: each
 * message with its length before it (RFC 9987 section 3).
 *
 * <p>Bounded in number, size and time. It must not know what is asked. Any number of threads ask at
 * once, each over a connection of its own.
 */
@NullMarked
package dev.daypass.custody.socket;

import org.jspecify.annotations.NullMarked;
