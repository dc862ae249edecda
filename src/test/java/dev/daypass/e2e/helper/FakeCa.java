package dev.daypass.e2e.helper;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * A server on loopback that answers with whatever bytes a test wants, and closes each connection:
 * one prepared answer after the other, else what the test's function says. One thread serves.
 */
final class FakeCa implements AutoCloseable {
  private final ServerSocket listener;
  private final Queue<byte[]> answers = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private final Function<Request, byte[]> otherwise;

  FakeCa() throws IOException {
    this(_ -> new byte[0]);
  }

  FakeCa(Function<Request, byte[]> otherwise) throws IOException {
    this(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), otherwise);
  }

  FakeCa(ServerSocket listener, Function<Request, byte[]> otherwise) {
    this.otherwise = otherwise;
    this.listener = listener;
    Thread.ofPlatform().daemon().name("fake-ca").start(this::serve);
  }

  /** A request as it came: its head as text, its body as it was sent. */
  record Request(String head, String body) {

    /** Method and target, such as {@code GET /v1/roles}. */
    String line() {
      return head.replaceAll("(?s) HTTP/1.1\r\n.*", "");
    }

    /** The form's first member of that name, empty if there is none. */
    String field(String name) {
      return form().getOrDefault(name, List.of("")).getFirst();
    }

    /** A header's value, empty if there is none. */
    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }

    /** The form's members, each with its values in order. */
    Map<String, List<String>> form() {
      Map<String, List<String>> form = new TreeMap<>();
      Arrays.stream(body.split("&"))
          .filter(member -> !member.isEmpty())
          .map(member -> member.split("=", 2))
          .forEach(member ->
              form.computeIfAbsent(member[0], _ -> new ArrayList<>())
                  .add(URLDecoder.decode(member[1], StandardCharsets.UTF_8)));
      return form;
    }
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** The next answer that is not prepared yet: these bytes, whatever they are. */
  FakeCa answering(byte[] bytes) {
    answers.add(bytes);
    return this;
  }

  FakeCa answering(String status, String headers, String body) {
    return answering(answer(status, headers, body));
  }

  /** 200 with bytes that are no text. */
  static byte[] octets(byte[] content) {
    return answer("200 OK", "Content-Type: application/octet-stream\r\n", content);
  }

  static byte[] answer(String status, String headers, String body) {
    return answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] answer(String status, String headers, byte[] content) {
    String head =
        "HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n".formatted(status, content.length, headers);
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(start, start.length + content.length);
    System.arraycopy(content, 0, all, start.length, content.length);
    return all;
  }

  List<Request> requests() {
    return requests;
  }

  Request onlyRequest() {
    if (requests.size() != 1) {
      throw new AssertionError("requests: " + requests);
    }
    return requests.getFirst();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve() {
    try {
      while (!listener.isClosed()) {
        serveOne();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serveOne() throws IOException {
    try (Socket client = listener.accept()) {
      Request request = read(new BufferedInputStream(client.getInputStream()));
      if (!request.head().isEmpty()) {
        requests.add(request);
        byte[] answer = answers.poll();
        client.getOutputStream().write(answer == null ? otherwise.apply(request) : answer);
      }
    } catch (SocketException | SSLException _) {
      // The test is over, or whoever does not trust the certificate went without a word.
    }
  }

  private static Request read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return new Request(head.toString(), "");
      }
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring(16)))
            .findFirst()
            .orElse(0);
    return new Request(head.toString(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }
}
