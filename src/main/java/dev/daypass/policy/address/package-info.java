/**
 * IP addresses and ranges as OpenSSH's {@code source-address} means them.
 *
 * <p>Governed by RFC 4632 (IPv4 ranges), RFC 4291 sections 2.2 and 2.3 (IPv6 text), RFC 5952 (its
 * canonical form) and CASES 21. Text is read by hand: nothing here can ask a name server.
 */
@NullMarked
package dev.daypass.policy.address;

import org.jspecify.annotations.NullMarked;
