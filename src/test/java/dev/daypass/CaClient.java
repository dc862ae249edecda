package dev.daypass;

import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A client of one certificate authority, which keeps what it received in {@link Observed}. For use
 * by many threads.
 */
public final class CaClient implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CaFiles files;
  private final Observed observed;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Requests that were signed up to then are refused with {@code restarted}. */
  private volatile Instant memoryBegins = Instant.EPOCH;

  CaClient(CaFiles files, Observed observed) {
    this.files = files;
    this.observed = observed;
  }

  /**
   * A request for a certificate, to be completed and sent.
   *
   * @param key the key to be certified, which signs the request
   * @param token the bearer token
   */
  public CertificateCall certificate(SshSigner key, String token) {
    return new CertificateCall(this, key, token);
  }

  /** Gets a path of the API. */
  public CaAnswer get(String path, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    headers.forEach(request::header);
    return send(request.build());
  }

  /** What {@code /readyz} says; 200 if certificates can be issued. */
  public CaAnswer readiness() throws IOException {
    return get("/readyz", Map.of());
  }

  /** The newest checkpoint, kept among what was seen. */
  public SignedNote checkpoint() throws IOException {
    try {
      SignedNote note = SignedNote.parse(get("/ledger/checkpoint", Map.of()).body());
      observed.seen(note);
      return note;
    } catch (TlogFormatException e) {
      throw new AssertionError("not a checkpoint", e);
    }
  }

  /** Sends any request and reads the whole answer. */
  public CaAnswer send(HttpRequest request) throws IOException {
    try {
      CaAnswer answer = CaAnswer.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
      answer.certificate().ifPresent(observed::released);
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  /** The configured public origin, which is signed into each request. */
  public String origin() {
    return files.config().url();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + files.port() + path);
  }

  Instant memoryBegins() {
    return memoryBegins;
  }

  /** Tells when the daemon had begun to remember requests. */
  void restartedAt(Instant start) {
    memoryBegins = start.plus(CertificateCall.AHEAD);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
