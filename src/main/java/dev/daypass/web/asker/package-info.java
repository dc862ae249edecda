/**
 * Who asks: a bearer token, or the signature of a key that a login has bound. One room for both, so
 * that every route means the same by a known asker, and every refusal of one is written down.
 *
 * <p>Governed by DESIGN section 4 (Requests), section 6 (refusals) and CASES 41, 45 to 50, 71 to
 * 73. It must not know what a route does once it knows the asker, nor tokens' insides.
 *
 * <p>Threading: shared by all request threads, without state of its own.
 */
@NullMarked
package dev.daypass.web.asker;

import org.jspecify.annotations.NullMarked;
