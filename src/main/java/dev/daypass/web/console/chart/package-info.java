/**
 * Where bars and columns stand: plain SVG and HTML, by the templates.
 *
 * <p>Governed by STYLE ("How it looks"). It knows numbers and their names alone; what they count is
 * {@code ledger.count}'s.
 *
 * <p>Threading: nothing here changes.
 */
@NullMarked
package dev.daypass.web.console.chart;

import org.jspecify.annotations.NullMarked;
