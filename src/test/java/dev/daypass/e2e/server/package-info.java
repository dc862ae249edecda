/**
 * Servers at the real port of a real daemon: they join, fetch what they enforce, and stock OpenSSH
 * believes it (DESIGN sections 7 and 9, CASES 81).
 */
@NullMarked
package dev.daypass.e2e.server;

import org.jspecify.annotations.NullMarked;
