/**
 * The main job from end to end, with programs that nobody here wrote: Keycloak, OpenSSH, the shells
 * that people have.
 *
 * <p>The daemon is the real one, over its port; where no test asks for Keycloak, a provider on
 * loopback vouches for anybody. What an {@code sshd} opens are throw-away accounts, so these tests
 * run as root, as they do in a container; otherwise they fail and say so.
 */
@NullMarked
package dev.daypass.e2e;

import org.jspecify.annotations.NullMarked;
