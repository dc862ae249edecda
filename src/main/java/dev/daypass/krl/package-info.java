/**
 * Key revocation lists as OpenSSH reads them: what is revoked, and its bytes.
 *
 * <p>Governed by OpenSSH's PROTOCOL.krl, and by what sshd does with files that are odd but allowed
 * there: a list of ours has only those shapes that every OpenSSH from 8.2 on reads alike. Each
 * certificate section names its CA key, serial 0 never stands in one, and bitmaps, extensions and
 * signatures inside the file are never written.
 *
 * <p>It knows neither why something is revoked nor where lists are published ({@code revocation}).
 * Every type here is an immutable value and safe to share between threads.
 */
@NullMarked
package dev.daypass.krl;

import org.jspecify.annotations.NullMarked;
