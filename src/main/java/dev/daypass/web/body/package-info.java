/**
 * What is inside requests and answers: fields in, members out, problems.
 *
 * <p>DESIGN section 7: requests are JSON or form-encoded with the same names and strict (RFC 8259,
 * RELIABILITY's checklist: depth 16, no name twice); answers are JSON or lines {@code name: value};
 * errors are RFC 9457 problems. It knows neither HTTP servers nor certificates.
 *
 * <p>Threading: values are immutable; a writer belongs to one request.
 */
@NullMarked
package dev.daypass.web.body;

import org.jspecify.annotations.NullMarked;
