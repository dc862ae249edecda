/**
 * The keys {@code events}, {@code alarms} and {@code mail}: who is told of what is written down.
 *
 * <p>Governed by DESIGN, section 8. Secrets come from files or systemd credentials; what is sent
 * goes over TLS, but to this machine. Knows no use case. Every type is an immutable value.
 */
@NullMarked
package dev.daypass.config.outward;

import org.jspecify.annotations.NullMarked;
