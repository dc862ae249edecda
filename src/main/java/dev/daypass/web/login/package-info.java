/**
 * The API of logging in: its start, its poll and its bind, and what a person sees and ends of what
 * came of it: open logins and the history (DESIGN section 4, Login; section 7).
 *
 * <p>Routes that turn requests into calls of {@link dev.daypass.login.Logins} and outcomes into
 * replies, by {@code openapi.yaml} as all of the API. The pages of a login are the browser's and
 * stand in {@code web.page}. It must not know identity providers, tokens or SQL.
 *
 * <p>Threading: routes are shared by all request threads and hold no state of their own.
 */
@NullMarked
package dev.daypass.web.login;

import org.jspecify.annotations.NullMarked;
