/**
 * Identity providers that nobody here wrote, and what an administrator does at them: Keycloak, and
 * npm's {@code oidc-provider} (src/test/node), so that nothing is one provider's accent.
 *
 * <p>A provider takes seconds to start: the tests of one process share it.
 */
@NullMarked
package dev.daypass.e2e.provider;

import org.jspecify.annotations.NullMarked;
