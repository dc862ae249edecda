/**
 * The pages as jte makes them of {@code src/main/jte} at build: one class for each template, which
 * escapes what it is given by where it stands in the HTML.
 *
 * <p>Governed by STYLE, "How it looks". It knows the views and nothing else.
 *
 * <p>Threading: static functions without state.
 */
@NullMarked
package dev.daypass.web.page.html;

import org.jspecify.annotations.NullMarked;
