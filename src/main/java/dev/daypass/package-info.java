/** The composition root: constructs everything by hand, starts it in order, stops it in reverse. */
@NullMarked
package dev.daypass;

import org.jspecify.annotations.NullMarked;
