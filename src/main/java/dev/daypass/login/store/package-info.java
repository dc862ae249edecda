/**
 * What of logins outlives the process: which identity a key belongs to, the open logins with their
 * sealed refresh tokens, and ends that are not in the ledger yet.
 *
 * <p>DESIGN section 4 (Login, Re-check) governs it. {@link dev.daypass.login.store.LoginStore} is
 * the port that the adapter {@code store} implements, {@link dev.daypass.login.store.TokenSealer}
 * the one that {@code custody} implements; nothing here knows SQL, or what seals a token. Calls may
 * come from any thread.
 */
@NullMarked
package dev.daypass.login.store;

import org.jspecify.annotations.NullMarked;
