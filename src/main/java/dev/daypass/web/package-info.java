/**
 * The HTTP port: Javalin on Jetty, HTTP/1.1, TLS from PEM files, and the guards in front of it.
 *
 * <p>Governed by DESIGN section 7 and RELIABILITY's hardening checklist (HTTP). Only this package
 * and those below it know status codes, and only they know {@code io.javalin} and Jetty. It must
 * not know configuration files, tokens' insides, SQL or where keys are kept.
 *
 * <p>Threading: a virtual thread a request; selectors and the connection watch have their own.
 */
@NullMarked
package dev.daypass.web;

import org.jspecify.annotations.NullMarked;
