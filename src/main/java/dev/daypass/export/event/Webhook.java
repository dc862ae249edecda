package dev.daypass.export.event;

import dev.daypass.outward.Event;
import dev.daypass.outward.OutwardTarget;
import dev.daypass.outward.SendLater;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A signed webhook: an event a request, as Standard Webhooks has it. It has an event when it
 * answers 2xx; anything else is tried again, with the same {@code webhook-id}. Redirects are not
 * followed: what was signed for one place is sent to no other.
 */
public final class Webhook implements OutwardTarget<Event> {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HttpClient client;
  private final URI url;
  private final WebhookSecret secret;
  private final InstantSource clock;
  private final Duration patience;

  public Webhook(URI url, WebhookSecret secret, InstantSource clock) {
    this(url, secret, clock, PATIENCE);
  }

  Webhook(URI url, WebhookSecret secret, InstantSource clock, Duration patience) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
    this.url = url;
    this.secret = secret;
    this.clock = clock;
    this.patience = patience;
  }

  /** Without path and query: they may hold what lets us in. */
  @Override
  public String name() {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  @Override
  public String positionKey() {
    return url.toString();
  }

  /** One: the next try begins with the event that was not taken. */
  @Override
  public int batch() {
    return 1;
  }

  @Override
  public void send(List<Event> batch) throws IOException {
    for (Event event : batch) {
      send(event);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private void send(Event event) throws IOException {
    HttpResponse<InputStream> response = answer(request(event));
    // Nothing of the body is wanted, and a body may have no end.
    response.body().close();
    int status = response.statusCode();
    if (status / 100 == 2) {
      return;
    }
    String problem = name() + " answers " + status + " to " + event.id();
    Optional<Duration> pause = retryAfter(response);
    if (pause.isPresent() && (status == 429 || status == 503)) {
      throw new SendLater(problem, pause.get());
    }
    throw new IOException(problem);
  }

  private HttpRequest request(Event event) {
    Bytes body = event.line();
    long seconds = clock.instant().getEpochSecond();
    // Full stops part what is signed, and an origin has some.
    String id = "msg_" + Bytes.ofUtf8(event.id()).sha256().base64Url().substring(0, 27);
    return HttpRequest.newBuilder(url)
        .timeout(patience)
        .header("Content-Type", "application/json")
        .header("User-Agent", "daypassd")
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(seconds))
        .header("webhook-signature", secret.signature(id, seconds, body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
        .build();
  }

  private HttpResponse<InputStream> answer(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      // The JDK's own messages are often empty.
      throw new IOException(name() + " cannot be reached: " + e.getClass().getSimpleName(), e);
    }
  }

  /** RFC 9110, section 10.2.3, in seconds; a date is not looked at. */
  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }
}
