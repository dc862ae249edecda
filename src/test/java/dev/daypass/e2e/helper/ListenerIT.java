package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The loopback listener in both its languages, attacked by what else runs on the machine. */
final class ListenerIT {
  private static final String ORIGIN = "https://ca.example.com:8443";
  private static final String PAGE = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nDone.\n";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // by start, which knows the language
  private Process listener;

  @SuppressWarnings("NullAway.Init") // by start
  private BufferedReader said;

  private int port;

  /** The languages of which one must be there. */
  enum Language {
    PERL("perl", "listener_in_perl"),
    PYTHON("python3", "listener_in_python");

    private final String program;
    private final String function;

    Language(String program, String function) {
      this.program = program;
      this.function = function;
    }
  }

  @AfterEach
  void stop() {
    listener.destroyForcibly();
  }

  @ParameterizedTest
  @EnumSource
  void takesTheOnePostAndEnds(Language language) throws Exception {
    start(language, 60);
    assertThat(send(good())).isEqualTo(PAGE);
    assertThat(said.readLine()).isEqualTo(LoginCa.PROOF);
    assertThat(said.readLine()).isNull();
    assertThat(listener.onExit().join().exitValue()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void twoPostsAreOneProof(Language language) throws Exception {
    start(language, 60);
    try (Socket first = connect();
        Socket second = connect()) {
      write(first, good());
      write(second, good().replace(LoginCa.PROOF, "Z".repeat(43)));
      assertThat(said.readLine()).isIn(LoginCa.PROOF, "Z".repeat(43));
      first.shutdownOutput();
      second.shutdownOutput();
      assertThat(said.readLine()).isNull();
    }
  }

  /** What is refused, with the status that says why. */
  static Stream<List<String>> attacks() {
    String host = "Host: 127.0.0.1:PORT\r\n";
    String origin = "Origin: " + ORIGIN + "\r\n";
    String length = "Content-Length: 49\r\n";
    String body = "\r\nproof=" + LoginCa.PROOF;
    String post = "POST / HTTP/1.1\r\n";
    return Stream.of(
        List.of("405", "GET / HTTP/1.1\r\n" + host + origin + "\r\n"),
        List.of("405", "OPTIONS / HTTP/1.1\r\n" + host + origin + "\r\n"),
        List.of("405", "GET /?proof=" + LoginCa.PROOF + " HTTP/1.1\r\n" + host + "\r\n"),
        List.of("405", "POST /x HTTP/1.1\r\n" + host + origin + FORM + length + body),
        List.of("405", "POST http://127.0.0.1:PORT/ HTTP/1.1\r\n" + host + origin + FORM + body),
        List.of("405", "POST / HTTP/1.0\r\n" + host + origin + FORM + length + body),
        List.of("405", "\r\n\r\n\r\n"),
        List.of("421", post + "Host: localhost:PORT\r\n" + origin + FORM + length + body),
        List.of("421", post + "Host: 127.0.0.1\r\n" + origin + FORM + length + body),
        List.of("421", post + "Host: evil.example:PORT\r\n" + origin + FORM + length + body),
        List.of("421", post + origin + FORM + length + body),
        List.of("400", post + host + "Host: evil\r\n" + origin + FORM + length + body),
        List.of("400", post + host + origin + origin + FORM + length + body),
        List.of("403", post + host + FORM + length + body),
        List.of("403", post + host + "Origin: null\r\n" + FORM + length + body),
        List.of("403", post + host + "Origin: https://ca.example.com\r\n" + FORM + length + body),
        List.of("403", post + host + "Origin: " + ORIGIN + ".evil\r\n" + FORM + length + body),
        List.of("403", post + host + "Origin: https://evil.example\r\n" + FORM + length + body),
        List.of("415", post + host + origin + "Content-Type: text/plain\r\n" + length + body),
        List.of("411", post + host + origin + FORM + body),
        List.of("411", post + host + origin + FORM + "Content-Length: -1\r\n" + body),
        List.of("413", post + host + origin + FORM + "Content-Length: 999999\r\n" + body),
        List.of("400", post + host + origin + FORM + length + length + body),
        List.of(
            "400", post + host + origin + FORM + "Transfer-Encoding: chunked\r\n" + length + body),
        List.of("400", post + host + origin + FORM + length + body + "x"),
        List.of("400", post + host + origin + FORM + length + "\r\nproof=" + "!".repeat(43)),
        List.of("400", post + host + origin + FORM + length + "\r\nPROOF=" + LoginCa.PROOF),
        List.of("400", post + host + " folded: yes\r\n" + origin + FORM + length + body),
        List.of("431", post + host + "X: " + "x".repeat(20_000)));
  }

  static Stream<List<String>> attacksInPerl() {
    return attacks();
  }

  static Stream<List<String>> attacksInPython() {
    return attacks();
  }

  @ParameterizedTest
  @MethodSource
  void attacksInPerl(List<String> attack) throws Exception {
    start(Language.PERL, 60);
    assertHarmless(attack);
  }

  @ParameterizedTest
  @MethodSource
  void attacksInPython(List<String> attack) throws Exception {
    start(Language.PYTHON, 60);
    assertHarmless(attack);
  }

  @ParameterizedTest
  @EnumSource
  void silentAndSlowConnectionsHinderNobody(Language language) throws Exception {
    start(language, 60);
    try (Parties silent = new Parties(100)) {
      silent.each("POST / HT");
      assertThat(send(good())).isEqualTo(PAGE);
    }
    assertThat(said.readLine()).isEqualTo(LoginCa.PROOF);
  }

  @ParameterizedTest
  @EnumSource
  void aPostInPiecesIsAPost(Language language) throws Exception {
    start(language, 60);
    try (Socket socket = connect()) {
      for (byte one : good().getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(one);
      }
      assertThat(text(socket)).isEqualTo(PAGE);
    }
    assertThat(said.readLine()).isEqualTo(LoginCa.PROOF);
  }

  @ParameterizedTest
  @CsvSource({"PERL", "PYTHON"})
  void endsByItself(Language language) throws Exception {
    start(language, 1);
    assertThat(said.readLine()).isNull();
    assertThat(listener.onExit().join().exitValue()).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void listensOnLoopbackAlone(Language language) throws Exception {
    start(language, 60);
    String listening =
        Files.readString(Path.of("/proc/net/tcp")) + Files.readString(Path.of("/proc/net/tcp6"));
    String ours = ":%04X ".formatted(port);
    assertThat(listening.lines().filter(line -> line.contains(ours) && line.contains(" 0A ")))
        .singleElement()
        .asString()
        .contains("0100007F" + ours);
  }

  private void assertHarmless(List<String> attack) throws IOException {
    String answer = send(attack.get(1).replace("PORT", Integer.toString(port)));
    assertThat(answer).startsWith("HTTP/1.1 " + attack.get(0) + " ").doesNotContain("Done.");
    assertThat(send(good())).isEqualTo(PAGE);
    assertThat(said.readLine()).isEqualTo(LoginCa.PROOF);
  }

  private String good() {
    return "POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: %s\r\n%sContent-Length: 49\r\n\r\nproof=%s"
        .formatted(port, ORIGIN, FORM, LoginCa.PROOF);
  }

  private void start(Language language, int seconds) throws IOException {
    String part = Path.of("src/main/sh/daypass/50-listener.sh").toAbsolutePath().toString();
    String program = Command.of("sh", "-c", ". " + part + "; " + language.function).output();
    Path file = Files.writeString(folder.resolve("listen"), program);
    Path page = Files.writeString(folder.resolve("page"), PAGE);
    listener =
        new ProcessBuilder(
                Command.program(language.program),
                file.toString(),
                ORIGIN,
                page.toString(),
                Integer.toString(seconds))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    said = listener.inputReader(StandardCharsets.US_ASCII);
    port = Integer.parseInt(said.readLine());
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private String send(String request) throws IOException {
    try (Socket socket = connect()) {
      write(socket, request);
      return text(socket);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        text.append((char) next);
      }
    } catch (SocketException _) {
      // Reset: it did not read all that was sent.
    }
    return text.toString();
  }

  /** Connections that send a little and then nothing. */
  private final class Parties implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();

    Parties(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        sockets.add(connect());
      }
    }

    void each(String text) throws IOException {
      for (Socket socket : sockets) {
        try {
          write(socket, text);
        } catch (SocketException _) {
          // The oldest ones were shown the door.
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
