package dev.daypass.export.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server of RFC 5321 on loopback, which keeps what it is sent and refuses what it is told to. */
final class FakeMailServer implements AutoCloseable {
  /** What was sent, headers and all, lines parted by LF. */
  final List<String> mails = Collections.synchronizedList(new ArrayList<>());

  final List<String> recipients = Collections.synchronizedList(new ArrayList<>());
  final List<String> logins = Collections.synchronizedList(new ArrayList<>());

  /** What it answers to a recipient of that name. */
  volatile String toRecipients = "250 ok";

  volatile String toSender = "250 ok";

  volatile String toData = "250 kept";

  private final ServerSocket listener;
  private final Optional<SSLContext> tls;

  private FakeMailServer(ServerSocket listener, Optional<SSLContext> tls) {
    this.listener = listener;
    this.tls = tls;
    Thread.startVirtualThread(this::serve);
  }

  static FakeMailServer plain() throws IOException {
    return new FakeMailServer(loopback(), Optional.empty());
  }

  static FakeMailServer startTls(SSLContext tls) throws IOException {
    return new FakeMailServer(loopback(), Optional.of(tls));
  }

  static FakeMailServer implicitTls(SSLContext tls) throws IOException {
    return new FakeMailServer(
        tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress()),
        Optional.empty());
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        talk(socket, true, tls);
      } catch (IOException _) {
        // The client went away, or the test is over.
      }
    }
  }

  private void talk(Socket socket, boolean greets, Optional<SSLContext> offered)
      throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
    if (greets) {
      say(out, "220 test");
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String verb = line.split(" ", -1)[0];
      switch (verb) {
        case "EHLO" -> say(out, "250-test\r\n250-AUTH PLAIN\r\n250 " + extension(offered));
        case "STARTTLS" -> {
          say(out, "220 go on");
          SSLSocket secure =
              (SSLSocket)
                  offered.orElseThrow().getSocketFactory().createSocket(socket, null, 0, true);
          secure.setUseClientMode(false);
          talk(secure, false, Optional.empty());
          return;
        }
        case "AUTH" -> {
          logins.add(
              new String(
                  Base64.getDecoder().decode(line.split(" ", -1)[2]), StandardCharsets.UTF_8));
          say(out, "235 known");
        }
        case "MAIL" -> say(out, toSender);
        case "RCPT" -> {
          recipients.add(line);
          say(out, toRecipients);
        }
        case "DATA" -> {
          say(out, "354 go on");
          String mail = mail(in);
          if (toData.startsWith("250")) {
            mails.add(mail);
          }
          say(out, toData);
        }
        default -> say(out, "250 ok");
      }
    }
  }

  private static String extension(Optional<SSLContext> offered) {
    return offered.isPresent() ? "STARTTLS" : "8BITMIME";
  }

  private static String mail(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  private static void say(Writer out, String line) throws IOException {
    out.write(line + "\r\n");
    out.flush();
  }
}
