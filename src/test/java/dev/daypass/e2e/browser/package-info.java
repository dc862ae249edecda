/**
 * A real browser for the tests of the pages: Debian's Chromium without a window, driven by
 * Playwright, and the pictures that it takes for people to look at.
 *
 * <p>It reaches this machine and nothing else. Playwright is bound to the thread that started it:
 * one test at a time.
 */
@NullMarked
package dev.daypass.e2e.browser;

import org.jspecify.annotations.NullMarked;
