/**
 * How the listener's bytes travel: TLS from PEM files, or plain HTTP where that is allowed.
 *
 * <p>Governed by DESIGN section 7, RFC 8446 (TLS 1.3 alone) and RFC 7468 (PEM). It knows nothing of
 * requests.
 *
 * <p>{@link dev.daypass.web.tls.PemTls} guards its own state and may be reloaded from any thread.
 */
@NullMarked
package dev.daypass.web.tls;

import org.jspecify.annotations.NullMarked;
