package dev.daypass.web.page;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.page.view.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The one stylesheet, served under the hash of what it is, so that browsers keep it for ever. */
public final class Stylesheet {
  private static final String RESOURCE = "/page/daypass.css";
  private static final int HASH_DIGITS = 16;

  private final Bytes css;
  private final String hash;

  private Stylesheet(Bytes css) {
    this.css = css;
    this.hash = css.sha256().hex().substring(0, HASH_DIGITS);
  }

  public static Stylesheet load() {
    try (InputStream in =
        Objects.requireNonNull(Stylesheet.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new Stylesheet(Bytes.of(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What every page has.
   *
   * @param origin the configured public URL
   */
  public Frame frame(String origin) {
    return new Frame(origin.substring(origin.indexOf("://") + 3), "/style/" + hash);
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/style/{hash}", this::answer));
  }

  private Reply answer(Exchange exchange) {
    return exchange.path("hash").equals(hash)
        ? new Reply.Immutable("text/css;charset=utf-8", css, true)
        : new Reply.Refused(
            Problem.of(404, "not_found", "This stylesheet is not in use.", "Load the page again."));
  }
}
