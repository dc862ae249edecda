package dev.daypass.config.outward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.config.ConfigReader;
import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.file.ConfigProblem;
import dev.daypass.config.value.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutwardReaderTest {
  private static final String LEAST =
      """
      url: http://127.0.0.1:8443
      listen: { api: 127.0.0.1:8443, insecure-plain-http: loopback }
      ledger: { origin: ca.example.com/daypass }
      identity:
        ci: { preset: github-actions, audience: daypass }
      """;
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir private Path folder;

  @BeforeEach
  void files() throws Exception {
    secret("hook", SECRET);
    secret("both", SECRET + " " + SECRET);
    secret("short", "whsec_c2hvcnQ=");
    secret("word", "word");
    secret("client.key", "key");
    Files.writeString(folder.resolve("ca.pem"), "certificate");
    Files.writeString(folder.resolve("client.pem"), "certificate");
  }

  @Test
  void nobodyIsToldUnlessTheFileSaysSo() throws Exception {
    assertThat(read("")).isEqualTo(new OutwardConfig(List.of(), List.of(), Optional.empty()));
  }

  @Test
  void eventsGoToFilesReceiversAndWebhooks() throws Exception {
    OutwardConfig config =
        read(
            """
            events:
              - { file: events.ndjson, from: first }
              - { file: /var/log/daypass/events.ndjson, from: now }
              - { syslog: logs.example.com }
              - syslog: "[2001:db8::1]:7000"
                ca-file: ca.pem
                certificate: client.pem
                key: client.key
              - { webhook: "https://siem.example.com/in?x=1", secret-file: hook }
              - { webhook: "http://127.0.0.1:9/", secret-file: both, from: now }
            """);
    assertThat(config.events())
        .containsExactly(
            new EventsConfig.ToFile(folder.resolve("events.ndjson"), false),
            new EventsConfig.ToFile(Path.of("/var/log/daypass/events.ndjson"), true),
            new EventsConfig.ToSyslog(
                "logs.example.com", 6514, Optional.empty(), Optional.empty(), false),
            new EventsConfig.ToSyslog(
                "2001:db8::1",
                7000,
                Optional.of(folder.resolve("ca.pem")),
                Optional.of(
                    new EventsConfig.ClientPair(
                        folder.resolve("client.pem"), folder.resolve("client.key"))),
                false),
            new EventsConfig.ToWebhook(
                URI.create("https://siem.example.com/in?x=1"), Secret.of(SECRET), false),
            new EventsConfig.ToWebhook(
                URI.create("http://127.0.0.1:9/"), Secret.of(SECRET + " " + SECRET), true));
  }

  @Test
  void alarmsGoToWebhooksOperatorsAndOwners() throws Exception {
    OutwardConfig config =
        read(
            """
            alarms:
              - { webhook: "https://pager.example.com/in", secret-file: hook }
              - { mail: [ops@example.com, sec@example.com] }
              - { mail: owner }
            mail: { server: smtp.example.com, from: daypass@example.com }
            """);
    assertThat(config.alarms())
        .containsExactly(
            new AlarmsConfig.ToWebhook(
                URI.create("https://pager.example.com/in"), Secret.of(SECRET)),
            new AlarmsConfig.ToOperators(List.of("ops@example.com", "sec@example.com")),
            new AlarmsConfig.ToOwner());
    assertThat(config.mail())
        .contains(
            new MailConfig(
                "smtp.example.com",
                587,
                MailConfig.Security.STARTTLS,
                Optional.empty(),
                "daypass@example.com",
                Optional.empty()));
  }

  @Test
  void everyKeyOfMailCounts() throws Exception {
    OutwardConfig config =
        read(
            """
            mail:
              server: smtp.example.com
              tls: implicit
              ca-file: ca.pem
              from: daypass@example.com
              user: daypass
              password-file: word
            """);
    assertThat(config.mail())
        .contains(
            new MailConfig(
                "smtp.example.com",
                465,
                MailConfig.Security.TLS,
                Optional.of(folder.resolve("ca.pem")),
                "daypass@example.com",
                Optional.of(new MailConfig.Login("daypass", Secret.of("word")))));
    assertThat(read("mail: { server: \"127.0.0.1:2525\", tls: none, from: a@b.c }").mail())
        .hasValueSatisfying(
            mail -> assertThat(mail.security()).isEqualTo(MailConfig.Security.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "events: { file: x }| events| is not a list",
        "events: [{ from: now }]| events[0]| names not exactly one place",
        "events: [{ file: x, syslog: y }]| events[0]| names not exactly one place",
        "events: [{ file: x, secret-file: hook }]| events[0].secret-file| unknown key",
        "events: [{ file: x, from: then }]| events[0].from| then",
        "events: [{ syslog: 'a b' }]| events[0].syslog| a b",
        "events: [{ syslog: 'logs:70000' }]| events[0].syslog| logs:70000",
        "events: [{ syslog: a, ca-file: none.pem }]| events[0].ca-file| no readable file",
        "events: [{ syslog: a, certificate: client.pem }]| events[0].certificate| stands alone",
        "events: [{ syslog: a, key: client.key }]| events[0].key| stands alone",
        "events: [{ webhook: 'https://a/' }]| events[0].webhook| has no secret",
        "events: [{ webhook: 'http://a.example/', secret-file: hook }]| events[0].webhook| http",
        "events: [{ webhook: 'https://u:p@a/', secret-file: hook }]| events[0].webhook| u:p",
        "events: [{ webhook: 'https://a/', secret-file: short }]| events[0].secret-file| no"
            + " webhook",
        "events: [{ webhook: 'https://a/', secret-file: word }]| events[0].secret-file| no webhook",
        "events: [{ webhook: 'https://a/', secret-file: ca.pem }]| events[0].secret-file| others",
        "alarms: [{ file: x }]| alarms[0]| names not exactly one place",
        "alarms: [{ mail: owner }]| mail| is missing",
        "alarms: [{ mail: me }]| alarms[0].mail| me",
        "alarms: [{ mail: [] }]| alarms[0].mail| names nobody",
        "alarms: [{ mail: ['a b@c'] }]| alarms[0].mail[0]| a b@c",
        "alarms: [{ mail: ['a..b@example.com'] }]| alarms[0].mail[0]| a..b",
        "alarms: [{ mail: ['a@example.com.'] }]| alarms[0].mail[0]| example",
        "events: [{ file: x }, { file: ./x, from: now }]| events| the same place twice",
        "events: [{ syslog: a }, { syslog: 'A:6514' }]| events| the same place twice",
        "alarms: [{ mail: owner }, { mail: owner }]| alarms| the same place twice",
        "mail: { server: a }| mail.from| from is missing",
        "mail: { from: a@b.c }| mail.server| server is missing",
        "mail: { server: a, from: 'x' }| mail.from| x",
        "mail: { server: a, from: a@b.c, tls: none }| mail.tls| another machine",
        "mail: { server: a, from: a@b.c, user: u }| mail.user| stands alone",
        "mail: { server: a, from: a@b.c, password-file: word }| mail.password-file| stands alone"
      })
  void saysWhatIsWrongAndWhatToDo(String yaml, String key, String message) {
    ConfigInvalid invalid = catchThrowableOfType(ConfigInvalid.class, () -> read(yaml + "\n"));
    assertThat(invalid.problems())
        .anySatisfy(problem -> {
          assertThat(problem.key()).isEqualTo(key.strip());
          assertThat(problem.message()).contains(message.strip());
          assertThat(problem.remedy()).isNotBlank();
        });
    assertThat(invalid.problems())
        .extracting(ConfigProblem::toString)
        .noneMatch(text -> text.contains("c2hvcnQ"));
  }

  private OutwardConfig read(String more) throws Exception {
    Path file = Files.writeString(folder.resolve("daypass.yaml"), LEAST + more);
    return new ConfigReader(Optional.empty()).read(file).outward();
  }

  private void secret(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
