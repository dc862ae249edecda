package dev.daypass.cases;

import java.util.ArrayList;
import java.util.List;

/** A request as text, without any opinion on whether it is one. */
record RawRequest(String method, String target, String version, List<String> headers, String body) {
  RawRequest(String method, String target, String body) {
    this(method, target, "HTTP/1.1", List.of(), body);
  }

  RawRequest header(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name + ": " + value);
    return new RawRequest(method, target, version, more, body);
  }

  RawRequest without(String name) {
    List<String> rest = headers.stream().filter(line -> !line.startsWith(name + ": ")).toList();
    return new RawRequest(method, target, version, rest, body);
  }

  RawRequest method(String other) {
    return new RawRequest(other, target, version, headers, body);
  }

  RawRequest target(String other) {
    return new RawRequest(method, other, version, headers, body);
  }

  RawRequest body(String other) {
    return new RawRequest(method, target, version, headers, other);
  }

  /** With a length, and closing afterwards. */
  String text() {
    return header("Content-Length", Integer.toString(body.length()))
        .header("Connection", "close")
        .textAsItIs();
  }

  /** Nothing added. */
  String textAsItIs() {
    return method
        + " "
        + target
        + " "
        + version
        + "\r\n"
        + String.join("\r\n", headers)
        + "\r\n\r\n"
        + body;
  }
}
