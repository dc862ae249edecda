package dev.daypass.export;

import dev.daypass.ledger.publish.PublishedFiles;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The published files below a URL. Redirects are not followed. */
public final class HttpFiles implements PublishedFiles, AutoCloseable {
  private static final int MAX_BYTES = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client;
  private final String base;
  private final Supplier<Optional<String>> token;

  /**
   * @param base to which the paths are relative, such as {@code https://ca.example.com:8443/ledger}
   * @param token what to send as {@code Authorization: Bearer}, asked for at each request
   */
  public HttpFiles(URI base, Supplier<Optional<String>> token) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    this.base = base.toString().endsWith("/") ? base.toString() : base + "/";
    this.token = token;
  }

  String base() {
    return base;
  }

  @Override
  public Optional<Bytes> read(String path) throws IOException {
    HttpResponse<InputStream> response =
        send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      return switch (response.statusCode()) {
        case 200 -> Optional.of(content(path, body));
        case 404, 410 -> Optional.empty();
        default -> throw new IOException(base + path + " answers " + response.statusCode());
      };
    }
  }

  /** Puts a file there. */
  void write(String path, Bytes content, String contentType) throws IOException {
    HttpResponse<Void> response =
        send(
            request(path)
                .header("Content-Type", contentType)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content.toArray()))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    if (response.statusCode() / 100 != 2) {
      throw new IOException("PUT " + base + path + " answers " + response.statusCode());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private Bytes content(String path, InputStream body) throws IOException {
    byte[] content = body.readNBytes(MAX_BYTES + 1);
    if (content.length > MAX_BYTES) {
      throw new IOException(base + path + " is larger than any file of a ledger");
    }
    return Bytes.of(content);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    token.get().ifPresent(word -> request.header("Authorization", "Bearer " + word));
    return request;
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return client.send(request, handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      // The JDK's own messages are often empty.
      throw new IOException(base + " cannot be reached: " + e.getClass().getSimpleName(), e);
    }
  }
}
