/**
 * Values that mean something outside the file: paths, secrets, origins.
 *
 * <p>Governed by DESIGN sections 4 ("Requests", the public origin) and 5 (secrets only by file or
 * systemd credential, refused if others can read them). It does not know which key a value stands
 * under.
 *
 * <p>Nothing here keeps state; every type is safe for any thread.
 */
@NullMarked
package dev.daypass.config.value;

import org.jspecify.annotations.NullMarked;
