/**
 * What a volume may hold after its machine lost power (RELIABILITY, R2): a model in memory of the
 * few calls by which the daemon writes. It promises no more than POSIX does, so a program that
 * survives it relies on nothing that one file system grants and another does not. It knows nothing
 * of ledgers. For one thread.
 */
@NullMarked
package dev.daypass.volume;

import org.jspecify.annotations.NullMarked;
