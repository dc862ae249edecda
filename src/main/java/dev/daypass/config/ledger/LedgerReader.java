package dev.daypass.config.ledger;

import dev.daypass.config.value.Places;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.tlog.witness.WitnessQuorum;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the keys {@code ledger} and {@code retention}. */
public final class LedgerReader {
  private static final List<String> KEYS =
      List.of("origin", "head", "tiles", "copies", "witnesses");

  /** A schema-less URL (c2sp.org/tlog-checkpoint, "Note text"): no space, no plus sign. */
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?(?:/[A-Za-z0-9._~-]{1,50}){0,4}");

  private final Places places;

  public LedgerReader(Places places) {
    this.places = places;
  }

  /** Empty only where a fault was noted. */
  public Optional<LedgerConfig> read(YamlMapping root) {
    Optional<YamlMapping> ledger =
        root.require("ledger", "name its origin: ledger: { origin: ca.example.com/daypass }")
            .flatMap(v -> v.mapping(KEYS));
    Path head =
        ledger
            .flatMap(m -> m.value("head"))
            .flatMap(places::path)
            .orElse(LedgerConfig.DEFAULT_HEAD);
    TileReaders readers =
        ledger
            .flatMap(m -> m.value("tiles"))
            .flatMap(v -> v.oneOf(List.of("public", "auditors")))
            .filter("auditors"::equals)
            .map(_ -> TileReaders.AUDITORS)
            .orElse(TileReaders.PUBLIC);
    List<CopyConfig> copies =
        ledger.flatMap(m -> m.value("copies")).map(this::copies).orElse(List.of());
    WitnessQuorum witnesses =
        ledger
            .flatMap(m -> m.value("witnesses"))
            .map(LedgerReader::witnesses)
            .orElse(WitnessQuorum.NONE);
    Map<EntryKind, Duration> retention = RetentionReader.read(root);
    return ledger
        .flatMap(m -> m.require("origin", "choose it once, for ever: the CA's name and /daypass"))
        .flatMap(v ->
            v.parsed(
                "a name such as ca.example.com/daypass",
                text -> Optional.of(text).filter(ORIGIN.asMatchPredicate())))
        .map(origin -> new LedgerConfig(origin, head, readers, copies, witnesses, retention));
  }

  private List<CopyConfig> copies(YamlValue value) {
    return value.items().stream()
        .map(item ->
            item.mapping(List.of("folder", "put", "token-file")).flatMap(m -> copy(item, m)))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<CopyConfig> copy(YamlValue item, YamlMapping mapping) {
    Optional<YamlValue> folder = mapping.value("folder");
    Optional<YamlValue> put = mapping.value("put");
    if (folder.isPresent() == put.isPresent()) {
      item.fault("names not exactly one place", "write { folder: PATH } or { put: URL }");
      return Optional.empty();
    }
    if (put.isEmpty() && mapping.value("token-file").isPresent()) {
      mapping.faultAt("token-file", "has no meaning for a folder", "remove it");
    }
    return folder.isPresent()
        ? places.path(folder.get()).map(CopyConfig.Folder::new)
        : address(put.get()).map(url -> new CopyConfig.Put(url, token(mapping)));
  }

  private static Optional<URI> address(YamlValue value) {
    if (value.text().filter(text -> text.contains("@")).isPresent()) {
      // Not repeated in the fault: it may be a password.
      value.fault("names somebody before the host", "put what lets us in into a token-file");
      return Optional.empty();
    }
    return value.parsed("a URL such as https://copies.example.com/ledger", LedgerReader::url);
  }

  private Optional<Path> token(YamlMapping mapping) {
    return mapping
        .value("token-file")
        .flatMap(v -> places.secretPath(v, "write the token on its only line"));
  }

  /** Plain HTTP only to this machine: what is sent could be answered by anybody else. */
  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      boolean fits =
          url.getHost() != null
              && url.getQuery() == null
              && url.getFragment() == null
              && ("https".equals(url.getScheme())
                  || ("http".equals(url.getScheme()) && isLoopback(url.getHost())));
      return Optional.of(url).filter(_ -> fits);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  /** Lines of a c2sp.org/tlog-policy; each witness has a URL, else it could not be asked. */
  private static WitnessQuorum witnesses(YamlValue value) {
    List<String> lines = value.texts();
    if (lines.isEmpty()) {
      return WitnessQuorum.NONE;
    }
    try {
      WitnessQuorum quorum = WitnessQuorum.parse(lines);
      for (WitnessQuorum.Witness witness : quorum.witnesses()) {
        if (witness.url().flatMap(LedgerReader::url).isEmpty()) {
          value.fault(
              "has no URL for the witness " + witness.name(),
              "end its line with its submission prefix, such as https://witness.example.com");
        }
      }
      return quorum;
    } catch (TlogFormatException e) {
      value.fault(
          "is no witness policy: " + e.getMessage(),
          "write lines of c2sp.org/tlog-policy: witness NAME VKEY URL, group, quorum");
      return WitnessQuorum.NONE;
    }
  }
}
