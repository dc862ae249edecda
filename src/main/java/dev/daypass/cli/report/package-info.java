/**
 * Evidence packs: a folder that tells an auditor who got into production and how that is known, and
 * that can be checked by tools which are not ours.
 *
 * <p>DESIGN section 6 governs what stands in it; the mapping to SOC 2 and HIPAA is {@link
 * dev.daypass.cli.report.Control}. It reads the store and writes one new folder, a row at a time.
 */
@NullMarked
package dev.daypass.cli.report;

import org.jspecify.annotations.NullMarked;
