/**
 * Logging in from end to end (DESIGN section 4): the real helper on an account of its own, a real
 * browser, identity providers that nobody here wrote, the real daemon, and stock OpenSSH.
 */
@NullMarked
package dev.daypass.e2e.login;

import org.jspecify.annotations.NullMarked;
