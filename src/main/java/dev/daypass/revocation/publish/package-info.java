/**
 * Key revocation lists: made, signed, written down, kept and handed to those who wait for them.
 *
 * <p>Governed by DESIGN section 7 ({@code /v1/krl}), FORMATS, "KRL", and RELIABILITY R15: a list is
 * never older than one that was handed out, and never of a shape that opens or closes every server.
 *
 * <p>It does not know who revokes, nor where the file of the newest list lies ({@link
 * dev.daypass.revocation.publish.KrlStore}). One thread publishes; any number wait.
 */
@NullMarked
package dev.daypass.revocation.publish;

import org.jspecify.annotations.NullMarked;
