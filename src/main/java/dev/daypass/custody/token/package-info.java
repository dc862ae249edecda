/**
 * Keys in PKCS#11 tokens: any module with the functions of PKCS#11 v2.40, called through the
 * Foreign Function API.
 *
 * <p>DESIGN section 3 governs it. SunPKCS11 would show no private key without a certificate beside
 * it, and could not take up a token again after it was pulled. What a token signed is verified
 * before anybody relies on it. It must not know what is signed or why.
 *
 * <p>Each key has threads of its own, as many as it may have sessions: a token may take its time
 * without holding up anybody else. Any number of threads ask.
 */
@NullMarked
package dev.daypass.custody.token;

import org.jspecify.annotations.NullMarked;
