package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the helper tells of somebody's account: {@code status}, {@code history}, {@code why}. */
final class HelperAccountIT {
  /** {@code /v1/history} as the port answers it. */
  static final String HISTORY =
      """
      username: alice@example.com
      entries.entry: 90217
      entries.at: 2026-11-21T14:30:05Z
      entries.kind: certificate.granted
      entries.outcome: granted
      entries.role: database-maintenance
      entries.serial: 90217
      entries.valid_before: 2026-11-21T15:30:05Z
      entries.key: SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s
      entries.reason: INC-7: the index of orders is broken
      entries.entry: 90216
      entries.at: 2026-11-21T14:29:59.5Z
      entries.kind: requests.refused
      entries.outcome: refused
      entries.reason: Nobody may hold prod at weekends.
      entries.entry: 90190
      entries.at: 2026-11-21T08:01:02Z
      entries.kind: login.opened
      entries.outcome: opened
      entries.key: SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s
      entries.hostname: alices-laptop
      entries.entry: 90189
      entries.at: 2026-11-21T08:00:59Z
      entries.kind: login.opened
      entries.outcome: consented
      entries.key: SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s
      entries.hostname: alices-laptop
      entries.entry: 90188
      entries.at: 2026-11-21T07:59:00Z
      entries.kind: login.opened
      entries.outcome: consented
      entries.key: SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s
      entries.hostname: alices-laptop
      entries.entry: 90187
      entries.at: 2026-11-20T18:00:00Z
      entries.kind: login.ended
      entries.outcome: ended
      entries.hostname: alices-laptop
      entries.reason: expired
      entries.entry: 90101
      entries.at: 2026-11-20T12:00:01Z
      entries.kind: revocation.added
      entries.outcome: revoked
      entries.hostname: desk
      entries.reason: operator: a lost laptop
      entries.entry: 90092
      entries.at: 2026-11-20T11:00:01Z
      entries.kind: certificate.failed
      entries.outcome: failed
      entries.serial: 90091
      entries.reason: signer
      entries.entry: 90091
      entries.at: 2026-11-20T11:00:00Z
      entries.kind: certificate.granted
      entries.outcome: granted
      entries.role: prod
      entries.serial: 90091
      entries.entry: 90020
      entries.at: 2026-11-20T10:00:00Z
      entries.kind: requests.refused
      entries.outcome: refused
      entries.entry: 12
      entries.at: 2026-10-01T00:00:00Z
      entries.kind: certificate.granted
      entries.outcome: erased
      entries.entry: 11
      entries.at: 2026-10-01T00:00:00Z
      entries.kind: session.opened
      entries.outcome: other
      """;

  /** {@code /v1/why} as the port answers it. */
  static final String WHY =
      """
      host: db-1.prod.example.com
      known: true
      labels.env: prod
      labels.kind: db
      roles.name: prod
      roles.opens: true
      roles.standing: held
      roles.name: database-maintenance
      roles.opens: true
      roles.standing: depends_on_request
      roles.name: root
      roles.opens: true
      roles.standing: refused
      roles.because.code: no_grant
      roles.because.detail: No rule grants you root.
      roles.because.code: second
      roles.because.detail: And more.
      roles.name: build
      roles.opens: false
      roles.standing: held
      refused.at: 2026-11-21T14:02:11Z
      refused.serial: 17
      refused.account: root
      refused.reason: not in the map
      refused.at: 2026-11-21T14:01:00Z
      refused.serial: 16
      refused.reason: revoked
      server_time: NOW
      """;

  private static final String HOST = "db-1.prod.example.com";

  @TempDir Path folder;

  private LoginCa ca;
  private Laptop laptop;

  @BeforeEach
  void start() throws IOException {
    ca = new LoginCa();
    laptop = new Laptop(folder.resolve("home"), Shell.DASH, ca);
  }

  @AfterEach
  void stop() throws IOException {
    laptop.close();
    ca.close();
  }

  static String now() {
    return inFuture(Duration.ZERO);
  }

  @ParameterizedTest
  @EnumSource
  void statusNamesOtherLoginsAndHowToEndThem(Shell shell) throws Exception {
    String elsewhere = "E".repeat(22);
    start(shell);
    ca.pages.put(
        "GET /v1/logins",
        """
        username: alice@example.com
        logins.login: %s
        logins.hostname: desk
        logins.until: 2026-11-21T15:30:05Z
        logins.current: false
        logins.login: CCCCCCCCCCCCCCCCCCCCCC
        logins.hostname: here
        logins.until: %s
        logins.current: true
        logins.login: $(id)
        logins.hostname: evil
        logins.current: false
        """
            .formatted(elsewhere, inFuture(Duration.ofHours(3))));
    Command.Result status = laptop.daypass("status").run();
    assertThat(status.exit()).as(status.toString()).isZero();
    assertThat(status.out())
        .contains("login     for 3 more hours, until ")
        .contains("also      desk                   end it: daypass logout " + elsewhere + "\n")
        .doesNotContain("also      here", "evil", "$(id)");
    ca.pages.put("DELETE /v1/logins/" + elsewhere, "login: x\nended: true\nrevoked: 4\n");
    assertThat(laptop.daypass("logout", elsewhere).run().out())
        .isEqualTo("Ended login " + elsewhere + "; certificates revoked: 4.\n");
    assertThat(laptop.daypassFile("key.pub")).exists();
  }

  @Test
  void statusSaysHowFarTheClocksAreApart() throws Exception {
    start(Shell.DASH);
    assertThat(laptop.daypass("status").run().out()).contains(ca.url() + ", clocks agree\n");
    for (String headers : List.of("", "Date: TZ=\"Asia/Tokyo\" now\r\n")) {
      ca.next().answering("200 OK", headers, "username: alice@example.com\n");
      assertThat(laptop.daypass("status").run().out()).contains(", clock not compared\n");
    }
    String theirs =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Clock.systemUTC().instant().plus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC));
    ca.next().answering("200 OK", "Date: " + theirs + "\r\n", "username: alice@example.com\n");
    assertThat(laptop.daypass("status").run().out())
        .containsPattern("server    .*, this clock is 7[12]\\d\\d s behind\n");
  }

  @ParameterizedTest
  @EnumSource
  void historyIsALineALoginAndALineACertificate(Shell shell) throws Exception {
    start(shell);
    ca.pages.put("GET /v1/history", HISTORY);
    Command.Result history = laptop.daypass("history").run();
    assertThat(history)
        .isEqualTo(
            new Command.Result(
                0,
                """
                ENTRY    WHEN              WHAT         DETAILS
                90217    2026-11-21 14:30  certificate  database-maintenance until 15:30
                                                        INC-7: the index of orders is broken
                90216    2026-11-21 14:29  refused      Nobody may hold prod at weekends.
                90190    2026-11-21 08:01  login        alices-laptop
                90188    2026-11-21 07:59  login begun  alices-laptop, never finished
                90187    2026-11-20 18:00  login ended  alices-laptop: its time was up
                90101    2026-11-20 12:00  revoked      certificates of desk
                                                        by an operator: a lost laptop
                90092    2026-11-20 11:00  not issued   a certificate that was granted: signer
                90020    2026-11-20 10:00  refused      more of them, only counted
                12       2026-10-01 00:00  erased       a certificate
                11       2026-10-01 00:00  other        a session began
                """,
                ""));
  }

  @Test
  void anEmptyHistorySaysWhatWouldFillIt() throws Exception {
    start(Shell.DASH);
    ca.pages.put("GET /v1/history", "username: alice@example.com\n");
    assertThat(laptop.daypass("history").output()).startsWith("Nothing yet. Logins and");
    ca.endLogins();
    Command.Result over = laptop.daypass("history").run();
    assertThat(over.exit()).isEqualTo(3);
    assertThat(over.err()).isEqualTo("daypass: Your login has ended.\n  Run: daypass login\n");
  }

  @ParameterizedTest
  @EnumSource
  void whyTellsThisSideTheOtherSideAndWhatToDo(Shell shell) throws Exception {
    start(shell);
    var _ = laptop.daypass("ensure", "prod").output();
    why(WHY.replace("NOW", inFuture(Duration.ZERO)));
    Command.Result why = laptop.daypass("why", "root@DB-1.prod.example.com").run();
    assertThat(why.exit()).as(why.toString()).isZero();
    assertThat(why.out().replaceAll("until \\d\\d:\\d\\d", "until HH:MM"))
        .isEqualTo(
            """
            db-1.prod.example.com  env=prod kind=db
            On this machine
              prod                   valid for 5 more minutes, until HH:MM
                                     for daypass:prod
            The certificate authority says
              prod                   opens it, and you may hold it
              database-maintenance   opens it; you may hold it, depending on the request
              root                   opens it, but not for you: No rule grants you root.
              do not open it         build
            The server says that it refused you
              root                   2026-11-21T14:02:11Z, certificate 17: not in the map
              anybody                2026-11-21T14:01:00Z, certificate 16: revoked
            The clocks agree.
            Next: ssh db-1.prod.example.com
            """);
  }

  @Test
  void whyNamesWhatIsMissing() throws Exception {
    start(Shell.DASH);
    String other = "web.example.org";
    ca.pages.put("GET /v1/why?host=" + other, WHY.replace("NOW", inFuture(Duration.ofHours(-1))));
    assertThat(laptop.daypass("why", other).output())
        .contains("On this machine ssh asks for no role: no pattern of yours meets this name.\n")
        .containsPattern("This clock is 3[56]\\d\\d seconds ahead of the server")
        .endsWith("Next: daypass request prod --host web.example.org\n");
    String first =
        "roles.name: on-call\nroles.opens: true\nroles.standing: held\nroles.name: prod\n";
    why(WHY.replace("roles.name: prod\n", first));
    assertThat(laptop.daypass("why", HOST).output()).endsWith("Next: ssh " + HOST + "\n");
    why(WHY.replace("opens: true", "opens: false"));
    assertThat(laptop.daypass("why", HOST).output())
        .contains("prod                   no certificate yet; ssh gets a new one\n")
        .contains("do not open it         prod, database-maintenance, root, build\n")
        .endsWith("none of yours opens it.\n");
    why("host: x\nknown: false\nserver_time: " + inFuture(Duration.ZERO) + "\n");
    assertThat(laptop.daypass("why", HOST).output())
        .endsWith("The certificate authority does not know this server.\nThe clocks agree.\n");
    assertThat(laptop.daypass("why", "--", "-x").run().exit()).isEqualTo(1);
    assertThat(laptop.daypass("why", "a$(id)").run().exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void noAnswerSpeaksToTheTerminal(Shell shell) throws Exception {
    String hostile = "\u001b]0;x\u0007\u001b[2J\u009b1m\u202e\u2066\u200b\r\u007f";
    start(shell);
    ca.pages.put("GET /v1/history", poisoned(HISTORY, hostile));
    why(poisoned(WHY, hostile));
    ca.pages.put(
        "GET /v1/logins",
        poisoned("username: a\nlogins.login: EE\nlogins.hostname: h\nlogins.until: u\n", hostile));
    // ssh-keygen shows principals as they are.
    ca.principals = "daypass:prod" + hostile;
    var _ = laptop.daypass("ensure", "prod").run();
    assertHarmless(laptop.daypass("history").run());
    assertHarmless(laptop.daypass("status").run());
    assertHarmless(laptop.daypass("why", HOST).run());
    assertThat(laptop.daypass("why", HOST).run().out()).contains("for daypass:prod");
  }

  /** A terminal of another character set takes bytes of UTF-8 for controls. */
  @Test
  void whereItIsNotUtf8OnlyAsciiIsSaid() throws Exception {
    start(Shell.DASH);
    ca.pages.put("GET /v1/history", HISTORY.replace("INC-7", "\u011b\u00e9"));
    String german = "de_DE.ISO-8859-1";
    assertThat(laptop.daypass("history").with("LC_ALL", german).output())
        .contains(": the index")
        .isASCII();
    assertThat(laptop.daypass("history").with("LC_ALL", "cs_CZ.UTF-8").output())
        .contains("\u011b\u00e9: the index");
  }

  private void start(Shell shell) throws IOException {
    ca.roles =
        ca.roles.concat(
            LoginCa.role("database-maintenance", "held", "required", "*.db.example.com"));
    laptop = Laptop.initialised(folder.resolve("home"), shell, ca);
  }

  private void why(String answer) {
    ca.pages.put("GET /v1/why?host=" + HOST, answer);
  }

  private static String poisoned(String answer, String hostile) {
    return answer.replaceAll("(?m)$", Matcher.quoteReplacement(hostile)) + hostile;
  }

  private static void assertHarmless(Command.Result result) {
    String text = result.out() + result.err();
    assertThat(text).isNotEmpty();
    assertThat(text.codePoints().filter(HelperAccountIT::isObeyed)).as(text).isEmpty();
  }

  private static boolean isObeyed(int point) {
    return point != '\n'
        && (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT);
  }

  private static String inFuture(Duration time) {
    return Clock.systemUTC().instant().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
