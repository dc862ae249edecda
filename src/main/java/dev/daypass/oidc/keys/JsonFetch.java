package dev.daypass.oidc.keys;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Talks JSON with an identity provider: answers are bounded in size and time, no redirect is
 * followed (CASES 52).
 */
public final class JsonFetch implements AutoCloseable {
  private static final int MAX_BYTES = 256 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(Redirect.NEVER)
          .version(Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  byte[] fetch(URI uri, Duration timeout) throws FetchException {
    HttpRequest.Builder request = HttpRequest.newBuilder().GET();
    Answer answer = exchange(uri, request, timeout);
    if (answer.status() != 200) {
      throw new FetchException("answered with status " + answer.status());
    }
    return answer.json();
  }

  /**
   * Sends a request and waits for its whole answer, whatever its status is.
   *
   * @param request all of the request but its address, the wish for JSON and the timeout
   */
  public Answer exchange(URI uri, HttpRequest.Builder request, Duration timeout)
      throws FetchException {
    if (!Endpoint.usable(uri)) {
      throw new FetchException("the address is neither https nor loopback");
    }
    request.uri(uri).setHeader("Accept", "application/json").timeout(timeout);
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      // The request's own timeout ends with the headers; this one also ends a body that drips.
      HttpResponse<byte[]> answer = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(answer.statusCode(), isJson(answer), answer.body());
    } catch (TimeoutException e) {
      throw new FetchException("no whole answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new FetchException(reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException("interrupted");
    } finally {
      exchange.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** A whole answer. Its text form tells nothing of it: it may hold tokens. */
  public static final class Answer {
    private final int status;
    private final boolean isJson;
    private final byte[] body;

    private Answer(int status, boolean isJson, byte[] body) {
      this.status = status;
      this.isJson = isJson;
      this.body = body;
    }

    public int status() {
      return status;
    }

    /** The body, if the answer says that it is JSON. */
    public byte[] json() throws FetchException {
      if (!isJson) {
        throw new FetchException("answered something that is not JSON");
      }
      return body.clone();
    }

    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  private static boolean isJson(HttpResponse<byte[]> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String media = type.replaceFirst(";.*", "").trim().toLowerCase(Locale.ROOT);
    return media.equals("application/json")
        || (media.startsWith("application/") && media.endsWith("+json"));
  }

  private static String reason(@Nullable Throwable cause) {
    return switch (cause) {
      case HttpTimeoutException _ -> "no answer in time";
      case ConnectException _ -> "cannot be connected to";
      case SSLException _ -> "its TLS certificate or handshake is not acceptable";
      case IOException e
          when e.getMessage() != null && e.getMessage().contains("exceeds capacity") ->
          "answered more than " + MAX_BYTES + " bytes";
      case null, default -> "the connection failed";
    };
  }
}
