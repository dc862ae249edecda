package dev.daypass.web;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** The header fields of every answer (RELIABILITY, hardening checklist), encoded once. */
final class SecurityHeaders {
  static final String REQUEST_ID = "Daypass-Request-Id";

  private final List<HttpField> fields;

  private SecurityHeaders(List<HttpField> fields) {
    this.fields = List.copyOf(fields);
  }

  /**
   * @param https whether browsers reach this origin over TLS, here or at the proxy
   */
  static SecurityHeaders of(boolean https) {
    List<HttpField> fields = new ArrayList<>();
    fields.add(
        new PreEncodedHttpField(
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));
    fields.add(new PreEncodedHttpField("X-Content-Type-Options", "nosniff"));
    fields.add(new PreEncodedHttpField("Referrer-Policy", "no-referrer"));
    fields.add(new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"));
    fields.add(new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"));
    fields.add(
        new PreEncodedHttpField(
            "Permissions-Policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"));
    fields.add(new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));
    if (https) {
      fields.add(new PreEncodedHttpField(HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=31536000"));
    }
    return new SecurityHeaders(fields);
  }

  void addTo(HttpFields.Mutable headers, String requestId) {
    for (HttpField field : fields) {
      headers.put(field);
    }
    headers.put(REQUEST_ID, requestId);
  }
}
