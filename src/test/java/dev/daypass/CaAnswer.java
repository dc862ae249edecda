package dev.daypass;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateFormatException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of the API.
 *
 * @param headers by their names in lower case, repeated ones joined by a comma
 */
public record CaAnswer(int status, Map<String, String> headers, String body) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static CaAnswer of(HttpResponse<String> response) {
    Map<String, String> headers =
        response.headers().map().entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, header -> String.join(",", header.getValue())));
    return new CaAnswer(response.statusCode(), headers, response.body());
  }

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The body, if it is JSON; an empty object otherwise. */
  public JsonNode json() {
    return header("content-type").matches("application/(problem[+])?json.*")
        ? JSON.readTree(body)
        : JSON.createObjectNode();
  }

  /** A member of the JSON body as text; empty if it is absent. */
  public String text(String member) {
    return json().path(member).asString("");
  }

  /** The stable code of a problem; empty if the answer is none. */
  public String code() {
    return text("code");
  }

  /** A line of the document that a server got; empty if there is none of that name. */
  public String line(String name) {
    return body.lines()
        .filter(line -> line.startsWith(name + " "))
        .findFirst()
        .map(line -> line.substring(name.length() + 1))
        .orElse("");
  }

  /** The certificate of a 201, from JSON or from the last line of text; or that of a server. */
  public Optional<Certificate> certificate() {
    // What else a 201 makes: a login that waits, a server's token, a revocation, a report.
    boolean other = Stream.of("poll_secret", "token", "target", "alarms").anyMatch(json()::has);
    boolean server = status == 200 && body.startsWith("daypass-host-v1\n");
    if (!server && (status != 201 || other)) {
      return Optional.empty();
    }
    String line =
        header("content-type").contains("json")
            ? text("certificate")
            : server ? line("certificate") : body.lines().reduce("", (_, last) -> last);
    try {
      return Optional.of(Certificate.parse(line));
    } catch (CertificateFormatException e) {
      throw new AssertionError("a 201 without a certificate: " + body, e);
    }
  }
}
