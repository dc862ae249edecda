package dev.daypass.web.api;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** What anyone may read: CA keys, bundle, client settings, this API's description. */
public final class PublicRoutes {
  private final String origin;
  private final Published published;
  private final Clock clock;
  private final Bytes openapi;

  public PublicRoutes(String origin, Published published, Clock clock) {
    this.origin = origin;
    this.published = published;
    this.clock = clock;
    this.openapi = resource("/openapi.yaml");
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/client", _ -> client()),
        Endpoint.get("/v1/ca/user", _ -> keys(published.userCaKeys())),
        Endpoint.get("/v1/ca/host", _ -> keys(published.hostCaKeys())),
        Endpoint.get("/v1/bundle", this::bundle),
        Endpoint.get("/v1/known-hosts", _ -> text(published.knownHosts())),
        Endpoint.get("/.well-known/ssh-known-hosts", _ -> text(published.ownKnownHosts())),
        Endpoint.get("/openapi.yaml", _ -> new Reply.Text("application/yaml", openapi)));
  }

  private Reply client() {
    return new Reply.Document(
        200,
        out -> {
          out.text("origin", origin);
          out.text("ledger", published.ledgerOrigin());
          out.text("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
          out.texts("host_patterns", published.hostPatterns());
        });
  }

  private static Reply keys(List<SshPublicKey> keys) {
    StringBuilder lines = new StringBuilder();
    for (SshPublicKey key : keys) {
      lines.append(key.line()).append('\n');
    }
    return text(lines.toString());
  }

  /** The newest trust bundle; servers ask for it by a path of their own. */
  public Reply bundle(Exchange exchange) {
    return published
        .bundle()
        .map(PublicRoutes::text)
        .orElseGet(() ->
            new Reply.Refused(
                Problem.of(
                    404,
                    "bundle_missing",
                    "No trust bundle was published yet.",
                    "The operator publishes one with: daypassd bundle publish.")));
  }

  private static Reply text(String text) {
    return new Reply.Text(Reply.Text.PLAIN, Bytes.ofUtf8(text));
  }

  private static Bytes resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(PublicRoutes.class.getResourceAsStream(name), name)) {
      return Bytes.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
