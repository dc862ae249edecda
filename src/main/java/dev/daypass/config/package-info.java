/**
 * Reads {@code daypass.yaml} and {@code policy.yaml} and turns them into checked, immutable
 * records.
 *
 * <p>Governed by DESIGN sections 5 and 8. A file is read as a whole: every fault in it is a {@link
 * dev.daypass.config.file.ConfigProblem} with file, line, key and what to do, and all of them are
 * reported together. Unknown and repeated keys are fatal, durations and sizes need their unit,
 * secrets come from files or systemd credentials that nobody else can read.
 *
 * <p>It knows the domain's types ({@code policy}, {@code identity}) and no other adapter: {@code
 * Daemon} hands each part to whom it concerns. Nothing here keeps state; every type is safe for any
 * thread.
 */
@NullMarked
package dev.daypass.config;

import org.jspecify.annotations.NullMarked;
