/** What the tests of RELIABILITY's goals measured, written down as one table. */
@NullMarked
package dev.daypass.faults;

import org.jspecify.annotations.NullMarked;
