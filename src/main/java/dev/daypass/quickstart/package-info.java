/**
 * {@code daypassd quickstart}: the main job from login to shell, on loopback, with nothing
 * configured.
 *
 * <p>Everything but the identity provider is the real thing: the daemon, the helper, a stock {@code
 * sshd} that trusts the CA key. The identity provider vouches for anybody who asks, so it lies
 * outside the image, in a folder that only a build has (DESIGN section 2). This package belongs to
 * the root: it constructs and starts, and knows no rule of the domain.
 *
 * <p>Threading: one thread tells the story; processes that it started end with it.
 */
@NullMarked
package dev.daypass.quickstart;

import org.jspecify.annotations.NullMarked;
