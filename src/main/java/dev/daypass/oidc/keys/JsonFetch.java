package dev.daypass.oidc.keys;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
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
 * Gets one JSON document from an identity provider: bounded in size and time, no redirects, only
 * 200 and only JSON (CASES 52).
 */
public final class JsonFetch implements AutoCloseable {
  private static final int MAX_BYTES = 256 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(Redirect.NEVER)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  byte[] fetch(URI uri, Duration timeout) throws FetchException {
    if (!Endpoint.usable(uri)) {
      throw new FetchException("the address is neither https nor loopback");
    }
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Accept", "application/json").timeout(timeout).build();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      // The request's own timeout ends with the headers; this one also ends a body that drips.
      return body(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
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

  private static byte[] body(HttpResponse<byte[]> answer) throws FetchException {
    if (answer.statusCode() != 200) {
      throw new FetchException("answered with status " + answer.statusCode());
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String media = type.replaceFirst(";.*", "").trim().toLowerCase(Locale.ROOT);
    if (!media.equals("application/json")
        && !(media.startsWith("application/") && media.endsWith("+json"))) {
      throw new FetchException("answered something that is not JSON");
    }
    return answer.body();
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
