/**
 * What each page of the console shows, in words and ready to be written: the parameters of the
 * templates in {@code src/main/jte/console}.
 *
 * <p>Governed by STYLE, "How it looks". It must not know entries, policy or clocks. A missing text
 * is null, as templates ask for it.
 *
 * <p>Threading: immutable.
 */
@NullMarked
package dev.daypass.web.console.view;

import org.jspecify.annotations.NullMarked;
