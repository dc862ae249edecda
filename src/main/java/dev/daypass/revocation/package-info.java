/**
 * Revocation: what no longer counts, why, and by whose word.
 *
 * <p>Governed by DESIGN sections 4 (Re-check), 6 (entries) and 7 ({@code /v1/revocations}), and by
 * CASES 62 to 65. Each revocation is an entry {@code revocation.added} before it is anything else;
 * what it says is read back from there after a restart. What is alive stands in {@code
 * revocation.live}, the lists that servers fetch are made in {@code revocation.publish}.
 *
 * <p>It knows neither HTTP nor files, and of logins only how to end them. Calls block until their
 * entries are durable; any number of threads may make them.
 */
@NullMarked
package dev.daypass.revocation;

import org.jspecify.annotations.NullMarked;
