package dev.daypass.web.api;

import dev.daypass.issuance.CertificateRequest;
import dev.daypass.policy.request.RawRequest;
import dev.daypass.web.body.BodyRefused;
import dev.daypass.web.body.RequestFields;
import dev.daypass.web.body.RequestFields.MediaType;
import dev.daypass.web.body.RequestShape;
import dev.daypass.web.body.RequestShape.Kind;
import java.util.Map;

/** The members of a certificate request (DESIGN section 5, "A request may only narrow"). */
final class CertificateFields {
  static final RequestShape SHAPE =
      RequestShape.of(
          Map.of(
              "public_key", Kind.TEXT,
              "role", Kind.TEXT,
              "ttl", Kind.TEXT,
              "valid_after", Kind.TEXT,
              "reason", Kind.TEXT,
              "hosts", Kind.TEXTS,
              "restrict.source_address", Kind.TEXTS,
              "restrict.force_command", Kind.TEXT,
              "restrict.without", Kind.TEXTS));

  private CertificateFields() {}

  static CertificateRequest read(MediaType contentType, byte[] body) throws BodyRefused {
    RequestFields fields = RequestFields.read(SHAPE, contentType, body);
    return new CertificateRequest(
        fields.text("public_key"),
        new RawRequest(
            fields.required("role"),
            fields.text("ttl"),
            fields.text("valid_after"),
            fields.text("reason"),
            fields.texts("hosts"),
            fields.texts("restrict.source_address"),
            fields.text("restrict.force_command"),
            fields.texts("restrict.without")));
  }
}
