package dev.daypass.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The served API description, and whether an answer keeps it. */
public final class OpenApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final JsonNode DOCUMENT = read();

  private OpenApi() {}

  /** Each operation as {@code GET /path}. */
  static Set<String> operations() {
    Set<String> found = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : DOCUMENT.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        found.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    return found;
  }

  /** What in this answer the document does not promise; empty if nothing. */
  public static List<String> violations(String method, String target, Answer answer)
      throws IOException {
    String path = described(target.split("\\?", 2)[0]);
    JsonNode responses =
        DOCUMENT.at(
            "/paths/"
                + path.replace("/", "~1")
                + "/"
                + method.toLowerCase(Locale.ROOT)
                + "/responses");
    String pointer;
    if (responses.isMissingNode()) {
      pointer = "/components/responses/Problem"; // outside every path only problems are answered
    } else {
      String status = Integer.toString(answer.status());
      pointer =
          "/paths/"
              + path.replace("/", "~1")
              + "/"
              + method.toLowerCase(Locale.ROOT)
              + "/responses/"
              + (responses.has(status) ? status : "default");
      if (pointer.endsWith("default") && answer.status() < 400) {
        return List.of("status " + status + " is not described");
      }
    }
    JsonNode response = DOCUMENT.at(pointer);
    if (response.has("$ref")) {
      pointer = response.get("$ref").asText().substring(1);
      response = DOCUMENT.at(pointer);
    }
    List<String> found = new ArrayList<>(headers(response, answer));
    found.addAll(content(pointer, response, answer));
    return found;
  }

  /** The path as the document spells it: literally, or with a variable part. */
  private static String described(String path) {
    if (DOCUMENT.get("paths").has(path)) {
      return path;
    }
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(DOCUMENT.get("paths").fieldNames(), 0), false)
        .filter(template -> path.matches(template.replaceAll("\\{[a-z]+}", "[^/]+")))
        .findFirst()
        .orElse(path);
  }

  private static List<String> headers(JsonNode response, Answer answer) {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      JsonNode described = header.getValue();
      if (described.has("$ref")) {
        described = DOCUMENT.at(described.get("$ref").asText().substring(1));
      }
      String value = answer.header(header.getKey().toLowerCase(Locale.ROOT));
      String pattern = described.path("schema").path("pattern").asText(".*");
      boolean required = described.path("required").asBoolean();
      if (value.isEmpty() ? required : !value.matches(pattern)) {
        missing.add("header " + header.getKey() + ": " + value);
      }
    }
    return missing;
  }

  private static List<String> content(String pointer, JsonNode response, Answer answer)
      throws IOException {
    String type = answer.header("content-type").split(";", 2)[0];
    if (!response.has("content") && answer.body().isEmpty()) {
      return List.of(); // a redirect
    }
    if (!response.path("content").has(type)) {
      return List.of("content type " + type + " is not described for " + answer.status());
    }
    JsonNode body =
        type.endsWith("json") && !type.equals("application/x-ndjson")
            ? JSON.readTree(answer.body())
            : TextNode.valueOf(answer.body());
    String schema = pointer + "/content/" + type.replace("/", "~1") + "/schema";
    return SCHEMAS
        .getSchema(SchemaLocation.of("classpath:openapi.yaml#" + schema))
        .validate(body)
        .stream()
        .map(error -> error + " in " + answer.body())
        .toList();
  }

  private static JsonNode read() {
    try (InputStream in =
        Objects.requireNonNull(OpenApi.class.getResourceAsStream("/openapi.yaml"))) {
      return new ObjectMapper(new YAMLFactory()).readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
