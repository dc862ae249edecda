package dev.daypass.export;

import dev.daypass.ledger.witness.WitnessAnswer;
import dev.daypass.ledger.witness.WitnessAnswer.Why;
import dev.daypass.ledger.witness.WitnessPort;
import dev.daypass.tlog.TreeSize;
import dev.daypass.tlog.witness.AddCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A witness behind HTTP: C2SP tlog-witness, section add-checkpoint. */
public final class HttpWitness implements WitnessPort, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 64 * 1024;
  private static final String SIZE_TYPE = "text/x.tlog.size";

  private final HttpClient client;
  private final URI submission;

  /**
   * @param prefix the submission prefix, with or without a slash at its end
   */
  public HttpWitness(URI prefix) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    String base = prefix.toString();
    this.submission = URI.create((base.endsWith("/") ? base : base + "/") + "add-checkpoint");
  }

  @Override
  public WitnessAnswer add(AddCheckpoint request) throws IOException {
    HttpRequest post =
        HttpRequest.newBuilder(submission)
            .timeout(PATIENCE)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(request.encode()))
            .build();
    try {
      HttpResponse<InputStream> response =
          client.send(post, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        String text = new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        return answer(response, text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static WitnessAnswer answer(HttpResponse<InputStream> response, String body)
      throws IOException {
    return switch (response.statusCode()) {
      case 200 -> new WitnessAnswer.Cosigned(body);
      case 400 -> new WitnessAnswer.Refused(Why.MALFORMED);
      case 403 -> new WitnessAnswer.Refused(Why.NOT_SIGNED);
      case 404 -> new WitnessAnswer.Refused(Why.UNKNOWN_LOG);
      case 409 -> conflict(response, body);
      case 422 -> new WitnessAnswer.Refused(Why.INCONSISTENT);
      default -> throw new IOException("it answers " + response.statusCode());
    };
  }

  private static WitnessAnswer conflict(HttpResponse<InputStream> response, String body)
      throws IOException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith(SIZE_TYPE) || !body.matches("(0|[1-9][0-9]{0,17})\n")) {
      throw new IOException("it answers 409 without a size");
    }
    return new WitnessAnswer.Conflict(new TreeSize(Long.parseLong(body.strip())));
  }
}
