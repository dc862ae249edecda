/**
 * The pages of a login: choice of the provider, consent, finish, and how it ended; and the page
 * that shows a problem to a browser.
 *
 * <p>Governed by DESIGN section 4 (Login), STYLE ("How it looks"), RELIABILITY (hardening
 * checklist: HTTP) and CASES 67 to 69, 74. No script runs; a GET begins at most what concerns the
 * asking browser alone. It must not know how a login is kept, nor tokens.
 *
 * <p>Threading: shared by all request threads, without state of its own.
 */
@NullMarked
package dev.daypass.web.page;

import org.jspecify.annotations.NullMarked;
