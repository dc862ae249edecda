/**
 * What each command needs beside its own words: where the configuration is, and how the running
 * daemon is asked.
 *
 * <p>DESIGN section 7 (the local socket) governs it.
 */
@NullMarked
package dev.daypass.cli.call;

import org.jspecify.annotations.NullMarked;
