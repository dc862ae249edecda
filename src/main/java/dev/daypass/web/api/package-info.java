/**
 * The routes of DESIGN section 7: each turns one request into one reply.
 *
 * <p>Governed by {@code openapi.yaml}, which is written first and tested against the server both
 * ways. It must not know configuration files, tokens' insides or SQL.
 *
 * <p>Threading: routes are shared by all request threads and hold no state of their own.
 */
@NullMarked
package dev.daypass.web.api;

import org.jspecify.annotations.NullMarked;
