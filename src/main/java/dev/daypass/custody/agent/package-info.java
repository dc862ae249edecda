/**
 * Keys that an ssh-agent holds: RFC 9987, section 4.6 (signing), over its Unix socket.
 *
 * <p>DESIGN section 3 governs it. The agent is another program: its answers are bounded in size and
 * time, and what it signed is verified before anybody relies on it. It must not know what is signed
 * or why.
 *
 * <p>Any number of threads sign at once, each over a connection of its own; connections are kept
 * and opened anew after the agent was away.
 */
@NullMarked
package dev.daypass.custody.agent;

import org.jspecify.annotations.NullMarked;
