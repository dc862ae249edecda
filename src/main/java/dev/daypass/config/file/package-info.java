/**
 * A configuration file's text, and what is wrong with it.
 *
 * <p>Governed by DESIGN section 8: strict UTF-8 that not everybody may change, and every fault with
 * file, line, key and remedy. It knows neither keys nor what they mean.
 *
 * <p>Nothing here keeps state; every type is safe for any thread.
 */
@NullMarked
package dev.daypass.config.file;

import org.jspecify.annotations.NullMarked;
