/**
 * The linter: what a certificate that can be read must not say.
 *
 * <p>Governed by draft-ietf-sshm-cert and PROTOCOL.certkeys; where servers of different age read a
 * field differently, the rule names OpenSSH's file. Each finding has a stable name.
 *
 * <p>Knows certificates' contents and nothing of why one is asked for: a role's bounds come in as
 * {@link dev.daypass.cert.lint.LintLimits}. Without state, safe for any thread.
 */
@NullMarked
package dev.daypass.cert.lint;

import org.jspecify.annotations.NullMarked;
