/**
 * What an operator decides about an identity provider of tokens: who it is, which of its tokens
 * count, and what is believed of their claims (DESIGN section 4, "Who?"; section 8, {@code
 * identity}).
 *
 * <p>Values that are checked when they are made, and nothing that asks or verifies. The root fills
 * them from the configuration, of which this package knows nothing. Immutable, for any thread.
 */
@NullMarked
package dev.daypass.oidc.rules;

import org.jspecify.annotations.NullMarked;
