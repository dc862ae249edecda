package dev.daypass.web;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.SocketFactory;

/** A client that sends exactly the bytes it is given, and reads answers strictly. */
public final class RawHttp {
  static final int PATIENCE_MILLIS = 20_000;

  private final SocketFactory sockets;
  private final int port;

  private RawHttp(SocketFactory sockets, int port) {
    this.sockets = sockets;
    this.port = port;
  }

  public static RawHttp to(int port) {
    return new RawHttp(SocketFactory.getDefault(), port);
  }

  public static RawHttp to(int port, SocketFactory sockets) {
    return new RawHttp(sockets, port);
  }

  /** One answer: its head's fields in lower case, repeated ones joined by a comma. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** The problem's code, whether JSON or lines. */
    public String code() {
      String key = body.startsWith("{") ? "\"code\":\"" : "\ncode: ";
      int start = body.indexOf(key);
      int end = body.indexOf(body.startsWith("{") ? '"' : '\n', start + key.length());
      return start < 0 ? "" : body.substring(start + key.length(), end);
    }
  }

  Socket open() throws IOException {
    Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Sends bytes on a connection of their own and reads one answer, if there is one. */
  public Optional<Answer> send(byte[] request) throws IOException {
    try (Socket socket = open()) {
      try {
        socket.getOutputStream().write(request);
      } catch (IOException e) {
        // The server may answer and close before it has read everything.
      }
      return read(socket.getInputStream());
    }
  }

  /** Sends bytes, says that nothing follows, and reads one answer, if there is one. */
  Optional<Answer> sendAndFinish(byte[] request) throws IOException {
    try (Socket socket = open()) {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return read(socket.getInputStream());
    }
  }

  public Answer send(String request) throws IOException {
    return send(request.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow();
  }

  /** Every answer until the server closes. */
  public List<Answer> sendAll(String request) throws IOException {
    try (Socket socket = open()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      List<Answer> answers = new ArrayList<>();
      for (Optional<Answer> next = read(socket.getInputStream());
          next.isPresent();
          next = read(socket.getInputStream())) {
        answers.add(next.get());
      }
      return answers;
    }
  }

  static Optional<Answer> read(InputStream in) throws IOException {
    String head = head(in);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    String[] lines = head.split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.merge(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip(),
          (a, b) -> a + "," + b);
    }
    byte[] body =
        headers.containsKey("transfer-encoding")
            ? chunks(in)
            : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return Optional.of(
        new Answer(
            Integer.parseInt(lines[0].split(" ", 3)[1]),
            headers,
            new String(body, StandardCharsets.UTF_8)));
  }

  /** RFC 9112 section 7.1, without extensions and trailers. */
  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      body.writeBytes(in.readNBytes(size));
      in.skipNBytes(2);
    }
    return body.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    StringBuilder digits = new StringBuilder();
    for (int b = readByte(in); b != '\n'; b = readByte(in)) {
      if (b < 0) {
        throw new EOFException("the answer ends within a chunk");
      }
      digits.append((char) b);
    }
    return Integer.parseInt(digits.toString().strip(), 16);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int newlines = 0;
    for (int b = readByte(in); b >= 0; b = readByte(in)) {
      head.write(b);
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
      if (newlines == 2) {
        return head.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
    }
    return "";
  }

  private static int readByte(InputStream in) throws IOException {
    try {
      return in.read();
    } catch (java.net.SocketException e) {
      return -1; // reset: closed with our bytes unread
    }
  }
}
