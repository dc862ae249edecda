/**
 * From what a policy file says to a checked {@link dev.daypass.policy.Policy}.
 *
 * <p>The raw records hold a file's values as text, in its structure; whoever reads files fills them
 * and has refused unknown keys and wrong shapes before. {@link
 * dev.daypass.policy.source.PolicyReader} checks what they mean (DESIGN section 5) and reports
 * every problem at once, each with the path of the value it is about.
 *
 * <p>Stateless; safe to use from any thread.
 */
@NullMarked
package dev.daypass.policy.source;

import org.jspecify.annotations.NullMarked;
