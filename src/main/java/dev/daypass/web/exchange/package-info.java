/**
 * One request and its reply, as routes and pages see them, and what runs a route for Javalin.
 *
 * <p>Governed by DESIGN section 7 (requests, answers, problems) and CASES 66. It must not know any
 * single route, nor who may ask.
 *
 * <p>Threading: an exchange belongs to the thread that handles it; the rest is shared.
 */
@NullMarked
package dev.daypass.web.exchange;

import org.jspecify.annotations.NullMarked;
