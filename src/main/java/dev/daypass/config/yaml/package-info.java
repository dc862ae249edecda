/**
 * A strict reading of YAML as a tree that remembers its lines (DESIGN section 8).
 *
 * <p>One document a file; no anchors, aliases or tags; no key twice; bounded size and depth. A
 * value is asked for in the type that its reader needs; what does not fit is noted as a {@link
 * dev.daypass.config.yaml.Fault} and reading goes on, so that all faults of a file are reported
 * together. It knows nothing of what the files mean. A tree is read by one thread.
 */
@NullMarked
package dev.daypass.config.yaml;

import org.jspecify.annotations.NullMarked;
