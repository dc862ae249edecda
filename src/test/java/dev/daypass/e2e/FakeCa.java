package dev.daypass.e2e;

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

/**
 * A server on loopback that answers with whatever bytes a test wants, one prepared answer after the
 * other, and closes each connection. One thread serves.
 */
final class FakeCa implements AutoCloseable {
  private final ServerSocket listener;
  private final Queue<byte[]> answers = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  FakeCa() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("fake-ca").start(this::serve);
  }

  /** A request as it came: its head as text, its body as it was sent. */
  record Request(String head, String body) {

    /** The form's members, each with its values in order. */
    Map<String, List<String>> form() {
      Map<String, List<String>> form = new TreeMap<>();
      Arrays.stream(body.split("&"))
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
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n".formatted(status, content.length, headers);
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(start, start.length + content.length);
    System.arraycopy(content, 0, all, start.length, content.length);
    return answering(all);
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
      while (true) {
        try (Socket client = listener.accept()) {
          requests.add(read(new BufferedInputStream(client.getInputStream())));
          byte[] answer = answers.poll();
          client.getOutputStream().write(answer == null ? new byte[0] : answer);
        }
      }
    } catch (SocketException _) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
