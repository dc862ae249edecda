/**
 * Entries told to people: each in one sentence, and one with all that belongs to it.
 *
 * <p>Governed by DESIGN sections 6 and 7 and STYLE ("How it looks"). It reads details as the use
 * cases write them and believes none of their texts: what a stranger chose is made harmless before
 * it is shown. It must not know sessions or HTTP.
 *
 * <p>Threading: without state of its own.
 */
@NullMarked
package dev.daypass.web.console.story;

import org.jspecify.annotations.NullMarked;
