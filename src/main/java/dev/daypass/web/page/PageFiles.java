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

/**
 * The one stylesheet and the one script, each served under the hash of what it is, so that browsers
 * keep it for ever.
 */
public final class PageFiles {
  private static final int HASH_DIGITS = 16;

  private final OneFile style;
  private final OneFile script;

  private PageFiles(OneFile style, OneFile script) {
    this.style = style;
    this.script = script;
  }

  public static PageFiles load() {
    return new PageFiles(
        OneFile.load("/style/", "text/css", "/page/daypass.css"),
        OneFile.load("/script/", "text/javascript", "/page/copy.js"));
  }

  /**
   * What every page has.
   *
   * @param origin the configured public URL
   */
  public Frame frame(String origin) {
    return new Frame(
        origin.substring(origin.indexOf("://") + 3), style.address(), script.address());
  }

  List<Endpoint> endpoints() {
    return List.of(style.endpoint(), script.endpoint());
  }

  private record OneFile(String place, String type, Bytes bytes, String hash) {
    static OneFile load(String place, String type, String resource) {
      try (InputStream in =
          Objects.requireNonNull(PageFiles.class.getResourceAsStream(resource), resource)) {
        Bytes bytes = Bytes.of(in.readAllBytes());
        String hash = bytes.sha256().hex().substring(0, HASH_DIGITS);
        return new OneFile(place, type + ";charset=utf-8", bytes, hash);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String address() {
      return place + hash;
    }

    Endpoint endpoint() {
      return Endpoint.get(place + "{hash}", this::answer);
    }

    private Reply answer(Exchange exchange) {
      return exchange.path("hash").equals(hash)
          ? new Reply.Immutable(type, bytes, true)
          : new Reply.Refused(
              Problem.of(404, "not_found", "This file is not in use.", "Load the page again."));
    }
  }
}
