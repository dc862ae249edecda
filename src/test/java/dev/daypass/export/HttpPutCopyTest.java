package dev.daypass.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpPutCopyTest {
  private final Map<String, Bytes> held = new ConcurrentHashMap<>();
  private final Map<String, String> types = new ConcurrentHashMap<>();
  @TempDir private Path folder;
  private HttpServer store;
  private int status = 201;

  @BeforeEach
  void start() throws IOException {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.createContext("/ledger/", this::answer);
    store.start();
  }

  @AfterEach
  void stop() {
    store.stop(0);
  }

  @Test
  void putsFilesBelowTheUrlAndReadsThemBack() throws Exception {
    try (HttpPutCopy copy = copy()) {
      copy.write("tile/0/000.p/3", Bytes.ofUtf8("tile"));
      copy.write("checkpoint", Bytes.ofUtf8("note"));
      copy.settle();
      assertThat(held).containsKeys("/ledger/tile/0/000.p/3", "/ledger/checkpoint");
      assertThat(types)
          .containsEntry("/ledger/tile/0/000.p/3", "application/octet-stream")
          .containsEntry("/ledger/checkpoint", "text/plain; charset=utf-8");
      assertThat(copy.read("checkpoint")).contains(Bytes.ofUtf8("note"));
      assertThat(copy.read("tile/0/001")).isEmpty();
    }
  }

  @Test
  void whatIsNotTakenIsAFailure() throws IOException {
    status = 403;
    try (HttpPutCopy copy = copy()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> copy.write("checkpoint", Bytes.ofUtf8("note")))
          .withMessageContaining("answers 403")
          .withMessageNotContaining("word");
    }
  }

  @Test
  void whoCannotBeReachedIsAFailure() throws IOException {
    try (HttpPutCopy copy = copy()) {
      store.stop(0);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> copy.write("checkpoint", Bytes.ofUtf8("note")))
          .withMessageContaining("cannot be reached");
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    status = 307;
    try (HttpPutCopy copy = copy()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> copy.write("checkpoint", Bytes.ofUtf8("note")))
          .withMessageContaining("answers 307");
    }
  }

  private HttpPutCopy copy() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "word\n");
    return new HttpPutCopy(
        URI.create("http://127.0.0.1:" + store.getAddress().getPort() + "/ledger"),
        TokenFile.reading(Optional.of(token)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!"Bearer word".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(401, -1);
      } else if (exchange.getRequestMethod().equals("PUT")) {
        if (status == 201) {
          held.put(path, Bytes.of(body));
          types.put(path, exchange.getRequestHeaders().getFirst("Content-Type"));
        }
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
        exchange.sendResponseHeaders(status, -1);
      } else if (held.containsKey(path)) {
        byte[] content = held.get(path).toArray();
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }
}
