/**
 * The console's pages as jte makes them of {@code src/main/jte/console} at build.
 *
 * <p>Governed by STYLE, "How it looks". It knows the views and nothing else.
 *
 * <p>Threading: static functions without state.
 */
@NullMarked
package dev.daypass.web.page.html.console;

import org.jspecify.annotations.NullMarked;
