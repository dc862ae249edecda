/**
 * The console: pages for auditors, and everybody's own.
 *
 * <p>Governed by DESIGN section 7, STYLE ("How it looks") and RELIABILITY (hardening checklist:
 * HTTP). No script runs; nothing is loaded but the stylesheet; a GET changes nothing. It must not
 * know how anything is kept, nor tokens.
 *
 * <p>Threading: shared by all request threads.
 */
@NullMarked
package dev.daypass.web.console;

import org.jspecify.annotations.NullMarked;
