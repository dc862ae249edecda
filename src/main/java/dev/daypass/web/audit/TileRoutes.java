package dev.daypass.web.audit;

import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.tile.TilePath;
import dev.daypass.web.body.Problem;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.Exchange;
import dev.daypass.web.exchange.Reply;
import dev.daypass.web.exchange.RequestFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ledger as a C2SP tiled log with the prefix {@code /ledger}. A tile never changes, so that it
 * may be kept for ever; a checkpoint may not be kept at all.
 */
public final class TileRoutes {
  private static final String PREFIX = "/ledger/";

  /** An index of up to nine digits in groups of three, and a partial tile's width. */
  private static final List<String> SEGMENTS = List.of("{a}", "{b}", "{c}", "{d}");

  private final TreeFiles files;
  private final Optional<Auditors> auditors;

  /**
   * @param auditors who alone may read, if not anybody
   */
  public TileRoutes(TreeFiles files, Optional<Auditors> auditors) {
    this.files = files;
    this.auditors = auditors;
  }

  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(Endpoint.get(PREFIX + "checkpoint", admitted(_ -> checkpoint())));
    StringBuilder path = new StringBuilder(PREFIX + "tile/{level}");
    for (String segment : SEGMENTS) {
      path.append('/').append(segment);
      endpoints.add(Endpoint.get(path.toString(), admitted(this::tile)));
    }
    return endpoints;
  }

  private Endpoint.Route admitted(Auditors.AuditorRoute route) {
    return auditors.isPresent() ? auditors.get().only(route) : route::answer;
  }

  private Reply checkpoint() {
    return files
        .checkpoint()
        .<Reply>map(note -> new Reply.Text(Reply.Text.PLAIN, Bytes.ofUtf8(note)))
        .orElseGet(() ->
            new Reply.Refused(
                Problem.of(
                    503,
                    "checkpoint_missing",
                    "The ledger has no signed checkpoint at the moment.",
                    "See /readyz for what keeps the ledger from signing.")));
  }

  private Reply tile(Exchange exchange) throws RequestFailed {
    try {
      TilePath path = TilePath.parse(exchange.target().substring(PREFIX.length()));
      Bytes content = files.file(path).orElseThrow(TileRoutes::unknown);
      return new Reply.Immutable(Reply.Versioned.OCTETS, content, auditors.isEmpty());
    } catch (TlogFormatException _) {
      throw unknown();
    } catch (IOException _) {
      throw new RequestFailed(
          Problem.of(503, "unavailable", "The ledger cannot be read.", "Try again; see /readyz."));
    }
  }

  private static RequestFailed unknown() {
    return new RequestFailed(
        Problem.of(
            404,
            "tile_unknown",
            "No published checkpoint has such a tile.",
            "Fetch /ledger/checkpoint, then the tiles of that size: c2sp.org/tlog-tiles."));
  }
}
