/**
 * What each page shows, in words and ready to be written: the parameters of the templates in {@code
 * src/main/jte}.
 *
 * <p>Governed by STYLE, "How it looks". It must not know logins, keys or clocks. A missing text is
 * null, as templates ask for it.
 *
 * <p>Threading: immutable.
 */
@NullMarked
package dev.daypass.web.page.view;

import org.jspecify.annotations.NullMarked;
