/**
 * Reads {@code policy.yaml}.
 *
 * <p>Governed by DESIGN section 5. The file's shape is checked here, its meaning in {@code
 * policy.source}; the faults of both are reported together, each at its line. It does not know the
 * rest of the configuration but for the names of the identity providers.
 *
 * <p>Nothing here keeps state; every type is safe for any thread.
 */
@NullMarked
package dev.daypass.config.policy;

import org.jspecify.annotations.NullMarked;
