package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running daemon tells others, and what becomes of it while they do not listen. */
@Timeout(120)
final class OutwardIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  @TempDir private Path folder;
  private volatile int status = 204;

  @Test
  void targetsThatAreAwayStopNoCertificateAndHearOfAllInOrderOnceTheyAreBack() throws Exception {
    Path away = folder.resolve("mnt");
    Path events = away.resolve("events.ndjson");
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    HttpServer siem = siem();
    try (TestCa ca = TestCa.start()) {
      status = 500;
      ca.restartAs(text ->
          text
              + """
              events:
                - file: %s
                - { webhook: "http://127.0.0.1:%d/", secret-file: %s }
              """
                  .formatted(events, siem.getAddress().getPort(), secret));
      long serial = issue(ca);
      Waiting.until(
          "readiness tells of both",
          () -> {
            CaAnswer readiness = ca.client().readiness();
            assertThat(readiness.status()).as("it still issues").isEqualTo(200);
            return readiness.body().matches("(?s).*events-1\\W+failing.*events-2\\W+failing.*");
          });
      status = 204;
      Files.createDirectory(away);
      Waiting.until("both know all", () -> lines(events).size() > serial && heard.size() > serial);
      requireAllInOrder(lines(events), serial);
      requireAllInOrder(List.copyOf(heard), serial);
      ca.restart();
      long next = issue(ca);
      Waiting.until("both know more", () -> lines(events).size() > next && heard.size() > next);
      assertThat(lines(events)).as("nothing twice").doesNotHaveDuplicates();
      ca.checkInvariants();
    } finally {
      siem.stop(0);
    }
  }

  @Test
  void aDaemonThatIsKilledTellsTheRestAfterwards() throws Exception {
    Path events = folder.resolve("events.ndjson");
    CaFiles files =
        CaFiles.make(
            folder,
            folder.resolve("head").resolve("head"),
            TestCa.with().settings("http://127.0.0.1:9/idp"));
    Path config = files.config().file();
    Files.writeString(config, Files.readString(config) + "events: [{ file: " + events + " }]\n");
    long first;
    try (DaemonProcess daemon = DaemonProcess.start(files)) {
      daemon.awaitReady(PATIENCE);
      Waiting.until("it began", () -> !lines(events).isEmpty());
      daemon.kill();
      first = lines(events).size();
    }
    // What a kill in the middle of a line leaves.
    Files.writeString(events, Files.readString(events) + "{\"activity_id\":3,\"act");
    try (DaemonProcess daemon = DaemonProcess.start(files)) {
      daemon.awaitReady(PATIENCE);
      Waiting.until(
          "it tells of its second start",
          () ->
              lines(events).stream()
                      .skip(first)
                      .filter(line -> line.contains("\"event_code\":\"daemon.started\""))
                      .count()
                  > 0);
      daemon.stop();
    }
    List<Long> numbers = numbers(lines(events)).stream().distinct().toList();
    assertThat(numbers)
        .as("each, in order, none left out")
        .isEqualTo(LongStream.range(0, numbers.size()).boxed().toList());
  }

  private HttpServer siem() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::hear);
    server.start();
    return server;
  }

  private void hear(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int answer = status;
    if (answer == 204) {
      heard.add(body);
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private static void requireAllInOrder(List<String> events, long newest) throws Exception {
    assertThat(numbers(events))
        .startsWith(LongStream.rangeClosed(0, newest).boxed().toArray(Long[]::new));
    JsonObject granted = event(events.get((int) newest));
    assertThat(granted.integer("type_uid")).contains(300301L);
    assertThat(granted.object("user").flatMap(user -> user.text("name")))
        .contains("alice@example.com");
  }

  private static List<Long> numbers(List<String> events) throws Exception {
    List<Long> numbers = new ArrayList<>();
    for (String line : events) {
      numbers.add(event(line).object("metadata").flatMap(m -> m.integer("sequence")).orElseThrow());
    }
    return numbers;
  }

  private static JsonObject event(String line) throws Exception {
    return CanonicalJson.decodeObject(Bytes.ofUtf8(line));
  }

  /** The lines that are whole. */
  private static List<String> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static long issue(TestCa ca) throws IOException {
    String token = ca.idp().token("alice@example.com", "dba");
    CaAnswer answer =
        ca.client()
            .certificate(OpenSshPrivateKey.generate(SshKeyType.ED25519), token)
            .member("reason", "why")
            .send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return Long.parseLong(answer.text("serial"));
  }
}
