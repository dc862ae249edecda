/**
 * Who sits before the console: the sign-in at an identity provider, the session of the browser that
 * came back, and the door through which each request passes.
 *
 * <p>Governed by DESIGN section 7 and RELIABILITY (hardening checklist: HTTP); the sign-in by RFC
 * 6749, 7636, 9207 and 9700. A session is of memory alone: a restart ends them all. It must not
 * know what the pages show.
 *
 * <p>Threading: shared by all request threads; the sessions are guarded by one lock.
 */
@NullMarked
package dev.daypass.web.console.session;

import org.jspecify.annotations.NullMarked;
