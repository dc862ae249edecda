package dev.daypass.export.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.Waiting;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.outward.Event;
import dev.daypass.outward.Severity;
import dev.daypass.outward.SomeEntries;
import dev.daypass.outward.ocsf.OcsfEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real rsyslog reads what {@link SyslogReceiver} sends, over its own TLS (GnuTLS). */
@Timeout(60)
final class RsyslogIT {
  private static final String CONFIGURATION =
      """
      global(
        workDirectory="FOLDER" maxMessageSize="8k"
        defaultNetstreamDriver="gtls"
        defaultNetstreamDriverCAFile="FOLDER/both.pem"
        defaultNetstreamDriverCertFile="FOLDER/server.pem"
        defaultNetstreamDriverKeyFile="FOLDER/server.key")
      module(
        load="imtcp" streamDriver.name="gtls" streamDriver.mode="1"
        streamDriver.authMode="x509/name" permittedPeer=["ca.example.com"])
      template(
        name="fields" type="string"
        string="%pri% %protocol-version% %timestamp:::date-rfc3339% %hostname% %app-name% \
      %msgid% %msg%\\n")
      input(type="imtcp" address="127.0.0.1" port="0" listenPortFileName="FOLDER/port")
      action(type="omfile" file="FOLDER/received" template="fields")
      """;

  @TempDir private Path folder;

  @Test
  void readsEachEventWholeAndInOrder() throws Exception {
    TestPair server = TestPair.of("localhost");
    TestPair client = TestPair.of("ca.example.com");
    Path authority = server.writeCertificate(folder.resolve("server.pem"));
    server.writeKey(folder.resolve("server.key"));
    TlsFiles files =
        new TlsFiles(
            Optional.of(authority),
            Optional.of(
                new TlsFiles.Pair(
                    client.writeCertificate(folder.resolve("client.pem")),
                    client.writeKey(folder.resolve("client.key")))));
    Files.writeString(
        folder.resolve("both.pem"),
        Files.readString(authority) + Files.readString(folder.resolve("client.pem")));
    List<Event> events = events();
    Process rsyslog = start();
    try {
      Path port = folder.resolve("port");
      Waiting.until("it has a port", () -> Files.exists(port) && Files.size(port) > 0);
      int number = Integer.parseInt(Files.readString(port).strip());
      // It writes the port down before it listens there.
      Waiting.until("it listens", () -> listens(number));
      SyslogReceiver receiver = new SyslogReceiver("localhost", number, files, "ca.example.com");
      receiver.send(events);
      receiver.send(SomeEvents.from(0, 500));
      int all = events.size() + 500;
      Waiting.until("it wrote all", () -> received().size() >= all);
      assertThat(received()).isEqualTo(expected(events));
      assertThatExceptionOfType(IOException.class)
          .as("it takes nothing from who shows no certificate")
          .isThrownBy(() ->
              new SyslogReceiver(
                      "localhost",
                      number,
                      new TlsFiles(Optional.of(authority), Optional.empty()),
                      "ca.example.com")
                  .send(SomeEvents.from(0, 1)));
      assertThat(received()).hasSize(all);
    } finally {
      rsyslog.destroy();
      rsyslog.waitFor();
    }
  }

  private Process start() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("rsyslog.conf"), CONFIGURATION.replace("FOLDER", folder.toString()));
    return new ProcessBuilder(
            "rsyslogd", "-n", "-f", file.toString(), "-i", folder.resolve("pid").toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  /** One of each kind, as they are sent. */
  private static List<Event> events() {
    OcsfEvents ocsf = new OcsfEvents("ca.example.com/daypass");
    return Arrays.stream(EntryKind.values()).map(kind -> ocsf.event(SomeEntries.of(kind))).toList();
  }

  private List<String> received() throws IOException {
    Path file = folder.resolve("received");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static List<String> expected(List<Event> events) {
    List<String> lines = new ArrayList<>();
    events.forEach(event -> lines.add(line(event)));
    SomeEvents.from(0, 500).forEach(event -> lines.add(line(event)));
    return lines;
  }

  private static String line(Event event) {
    return "%d 1 2026-11-21T01:13:00.123Z ca.example.com daypassd %s %s"
        .formatted(
            13 * 8 + severity(event.severity()),
            event.kind().wireName(),
            new String(event.line().toArray(), StandardCharsets.US_ASCII));
  }

  private static int severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 1;
      case HIGH -> 3;
      case MEDIUM -> 4;
      case LOW -> 5;
      case INFORMATIONAL -> 6;
    };
  }
}
