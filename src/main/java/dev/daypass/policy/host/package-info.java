/**
 * Servers as policy sees them: an exact DNS name and labels.
 *
 * <p>Governed by DESIGN section 5 ({@code hosts}, the grammar of HOST). It knows nothing of how a
 * server came by its labels ({@code fleet}), nor of roles.
 *
 * <p>Every type is immutable and safe to share between threads.
 */
@NullMarked
package dev.daypass.policy.host;

import org.jspecify.annotations.NullMarked;
