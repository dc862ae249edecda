package dev.daypass.config.outward;

import dev.daypass.config.value.Places;
import dev.daypass.config.value.Secret;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the keys {@code events}, {@code alarms} and {@code mail}. */
public final class OutwardReader {
  private static final List<String> OF_FILE = List.of("file", "from");
  private static final List<String> OF_SYSLOG =
      List.of("syslog", "ca-file", "certificate", "key", "from");
  private static final List<String> OF_WEBHOOK =
      List.of("webhook", "secret-file", "secret-credential", "from");
  private static final List<String> OF_ALARMS =
      List.of("webhook", "secret-file", "secret-credential");
  private static final int SYSLOG_PORT = 6514; // RFC 5425, section 4.1

  private final Places places;

  public OutwardReader(Places places) {
    this.places = places;
  }

  /** What could be read of it; what could not is a fault. */
  public OutwardConfig read(YamlMapping root) {
    List<EventsConfig> events =
        root.value("events").stream()
            .flatMap(value -> value.items().stream())
            .flatMap(item -> item.mapping().flatMap(m -> event(item, m)).stream())
            .toList();
    requireDifferent(root, "events", events.stream().map(OutwardReader::key).toList());
    List<AlarmsConfig> alarms =
        root.value("alarms").stream()
            .flatMap(value -> value.items().stream())
            .flatMap(item -> item.mapping().flatMap(m -> alarm(item, m)).stream())
            .toList();
    requireDifferent(root, "alarms", alarms.stream().map(OutwardReader::key).toList());
    Optional<MailConfig> mail = root.value("mail").flatMap(new MailReader(places)::read);
    boolean mails = alarms.stream().anyMatch(alarm -> !(alarm instanceof AlarmsConfig.ToWebhook));
    if (mails && root.value("mail").isEmpty()) {
      root.fault("mail", "is missing, and alarms go by mail", "name server and from below mail");
    }
    return new OutwardConfig(events, alarms, mail);
  }

  /** The same place twice would have one position for both. */
  private static void requireDifferent(YamlMapping root, String name, List<Object> keys) {
    if (Set.copyOf(keys).size() < keys.size()) {
      root.faultAt(name, "names the same place twice", "leave one of them");
    }
  }

  private static Object key(EventsConfig place) {
    return switch (place) {
      case EventsConfig.ToFile(var file, _) -> file.normalize();
      case EventsConfig.ToSyslog to -> to.host().toLowerCase(Locale.ROOT) + ":" + to.port();
      case EventsConfig.ToWebhook(var url, _, _) -> url;
    };
  }

  private static Object key(AlarmsConfig place) {
    return switch (place) {
      case AlarmsConfig.ToWebhook(var url, _) -> url;
      case AlarmsConfig.ToOperators(var addresses) -> addresses;
      case AlarmsConfig.ToOwner() -> "owner";
    };
  }

  private Optional<EventsConfig> event(YamlValue item, YamlMapping mapping) {
    List<String> places =
        Stream.of("file", "syslog", "webhook").filter(k -> mapping.value(k).isPresent()).toList();
    if (places.size() != 1) {
      item.fault(
          "names not exactly one place",
          "write { file: PATH }, { syslog: HOST:PORT } or { webhook: URL, secret-file: FILE }");
      return Optional.empty();
    }
    boolean now =
        mapping
            .value("from")
            .flatMap(v -> v.oneOf(List.of("first", "now")))
            .filter("now"::equals)
            .isPresent();
    return switch (places.getFirst()) {
      case "file" -> file(mapping.allowing(OF_FILE), now);
      case "syslog" -> syslog(mapping.allowing(OF_SYSLOG), now);
      default ->
          webhook(mapping.allowing(OF_WEBHOOK))
              .map(hook -> new EventsConfig.ToWebhook(hook.url(), hook.secret(), now));
    };
  }

  private Optional<EventsConfig> file(YamlMapping mapping, boolean now) {
    return mapping
        .value("file")
        .flatMap(places::path)
        .map(path -> new EventsConfig.ToFile(path, now));
  }

  private Optional<EventsConfig> syslog(YamlMapping mapping, boolean now) {
    Optional<HostPort> to =
        mapping
            .value("syslog")
            .flatMap(value ->
                value.parsed(
                    "a name with a port, such as logs.example.com:6514",
                    text -> HostPort.parse(text, SYSLOG_PORT)));
    Optional<Path> authorities = pem(mapping, "ca-file");
    Optional<Path> certificate = pem(mapping, "certificate");
    Optional<Path> key =
        mapping
            .value("key")
            .flatMap(v -> places.secretPath(v, "put the certificate's private key there, as PEM"));
    if (mapping.value("certificate").isPresent() != mapping.value("key").isPresent()) {
      mapping.faultAt(
          mapping.value("key").isPresent() ? "key" : "certificate",
          "stands alone",
          "name both certificate and key, or neither");
    }
    Optional<EventsConfig.ClientPair> client =
        certificate.flatMap(c -> key.map(k -> new EventsConfig.ClientPair(c, k)));
    return to.map(
        place -> new EventsConfig.ToSyslog(place.host(), place.port(), authorities, client, now));
  }

  private Optional<AlarmsConfig> alarm(YamlValue item, YamlMapping mapping) {
    Optional<YamlValue> mail = mapping.value("mail");
    if (mail.isPresent() == mapping.value("webhook").isPresent()) {
      item.fault(
          "names not exactly one place",
          "write { webhook: URL, secret-file: FILE }, { mail: [ADDRESS] } or { mail: owner }");
      return Optional.empty();
    }
    if (mail.isEmpty()) {
      return webhook(mapping.allowing(OF_ALARMS))
          .map(hook -> new AlarmsConfig.ToWebhook(hook.url(), hook.secret()));
    }
    return mapping.allowing(List.of("mail")).value("mail").flatMap(OutwardReader::mail);
  }

  private static Optional<AlarmsConfig> mail(YamlValue value) {
    if (value.isText()) {
      return value.oneOf(List.of("owner")).map(_ -> new AlarmsConfig.ToOwner());
    }
    List<String> addresses =
        value.items().stream()
            .flatMap(item ->
                item.parsed("an address such as ops@example.com", MailReader::address).stream())
            .toList();
    if (addresses.isEmpty()) {
      value.fault("names nobody", "name at least one address");
      return Optional.empty();
    }
    return Optional.of(new AlarmsConfig.ToOperators(addresses));
  }

  private record Hook(URI url, Secret secret) {}

  private Optional<Hook> webhook(YamlMapping mapping) {
    Optional<URI> url =
        mapping
            .value("webhook")
            .flatMap(v ->
                v.parsed("a URL such as https://siem.example.com/daypass", OutwardReader::url));
    boolean named =
        mapping.value("secret-file").isPresent() || mapping.value("secret-credential").isPresent();
    if (!named) {
      mapping.faultAt(
          "webhook",
          "has no secret, so its receiver could not tell us from anybody else",
          "name a secret-file with whsec_… in it: echo whsec_$(openssl rand -base64 32)");
      return Optional.empty();
    }
    Optional<Secret> secret = places.secret(mapping, "secret");
    boolean fits = secret.isEmpty() || WebhookSecretText.isOne(secret.get());
    if (!fits) {
      mapping.faultAt(
          mapping.value("secret-file").isPresent() ? "secret-file" : "secret-credential",
          "holds no webhook secret",
          "write whsec_ and the base64 of 24 to 64 bytes: echo whsec_$(openssl rand -base64 32)");
    }
    return fits ? url.flatMap(u -> secret.map(s -> new Hook(u, s))) : Optional.empty();
  }

  private Optional<Path> pem(YamlMapping mapping, String name) {
    return mapping
        .value(name)
        .flatMap(value -> places.existing(value, "put PEM certificates there"));
  }

  /** Plain HTTP only to this machine: events say who got in where. */
  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      boolean fits =
          url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getFragment() == null
              && ("https".equals(url.getScheme())
                  || ("http".equals(url.getScheme()) && HostPort.isLoopback(url.getHost())));
      return Optional.of(url).filter(_ -> fits);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
