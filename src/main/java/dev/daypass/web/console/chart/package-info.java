/**
 * What the ledger looks like over time: counts, and where they are drawn.
 *
 * <p>Governed by STYLE ("How it looks"). It knows the ledger as a port, and keeps counts, roles and
 * entry numbers alone: nobody's name outlives its erasure here. It must not know who looks.
 *
 * <p>Threading: one thread counts at a time; a lock guards the counts.
 */
@NullMarked
package dev.daypass.web.console.chart;

import org.jspecify.annotations.NullMarked;
