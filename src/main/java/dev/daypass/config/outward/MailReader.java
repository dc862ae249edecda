package dev.daypass.config.outward;

import dev.daypass.config.outward.MailConfig.Security;
import dev.daypass.config.value.Places;
import dev.daypass.config.value.Secret;
import dev.daypass.config.yaml.YamlMapping;
import dev.daypass.config.yaml.YamlValue;
import dev.daypass.identity.Email;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the key {@code mail}. */
final class MailReader {
  private static final List<String> KEYS =
      List.of("server", "tls", "ca-file", "from", "user", "password-file", "password-credential");
  private static final int SUBMISSION = 587; // RFC 6409
  private static final int SUBMISSIONS = 465; // RFC 8314, section 7.3

  private final Places places;

  MailReader(Places places) {
    this.places = places;
  }

  static Optional<String> address(String text) {
    return Optional.of(text).filter(address -> Email.parse(address).isPresent());
  }

  Optional<MailConfig> read(YamlValue value) {
    return value.mapping(KEYS).flatMap(this::read);
  }

  private Optional<MailConfig> read(YamlMapping mail) {
    Security security =
        mail.value("tls")
            .flatMap(v -> v.oneOf(List.of("starttls", "implicit", "none")))
            .map(MailReader::security)
            .orElse(Security.STARTTLS);
    int usual = security == Security.TLS ? SUBMISSIONS : SUBMISSION;
    Optional<HostPort> server =
        mail.require("server", "name the server that takes our mail, such as smtp.example.com:587")
            .flatMap(v ->
                v.parsed(
                    "a name with a port, such as smtp.example.com:587",
                    text -> HostPort.parse(text, usual)));
    if (security == Security.NONE
        && server.filter(s -> !HostPort.isLoopback(s.host())).isPresent()) {
      mail.faultAt("tls", "is none on the way to another machine", "remove it: starttls is usual");
    }
    Optional<String> from =
        mail.require("from", "name the address that mail comes from")
            .flatMap(v -> v.parsed("an address such as daypass@example.com", MailReader::address));
    Optional<Path> authorities =
        mail.value("ca-file").flatMap(v -> places.existing(v, "put PEM certificates there"));
    Optional<MailConfig.Login> login = login(mail);
    return server.flatMap(to ->
        from.map(
            sender -> new MailConfig(to.host(), to.port(), security, authorities, sender, login)));
  }

  private Optional<MailConfig.Login> login(YamlMapping mail) {
    Optional<Secret> password = places.secret(mail, "password");
    boolean named =
        mail.value("password-file").isPresent() || mail.value("password-credential").isPresent();
    if (mail.value("user").isPresent() != named) {
      mail.faultAt(
          mail.value("user").isPresent() ? "user" : "password-file",
          "stands alone",
          "name both user and password-file, or neither");
    }
    return mail.value("user")
        .flatMap(YamlValue::text)
        .flatMap(user -> password.map(word -> new MailConfig.Login(user, word)));
  }

  private static Security security(String word) {
    return switch (word) {
      case "implicit" -> Security.TLS;
      case "none" -> Security.NONE;
      default -> Security.STARTTLS;
    };
  }
}
