package dev.daypass.export.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.export.event.MailServer.Security;
import dev.daypass.outward.alarm.Alarm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AlarmMailTest {
  private static final Alarm ALARM =
      new Alarm(
          SomeEvents.of(42),
          "Login of alice@example.com from a new network",
          "It is the first from 192.0.2.0/24.\n",
          Optional.of("alice@example.com"));
  private static final Alarm OPERATORS_ONLY =
      new Alarm(SomeEvents.of(43), "Session alarm", "Text.\n", Optional.empty());

  @TempDir private Path folder;
  private TestPair pair;
  private TlsFiles trusting;
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private final InstantSource clock = () -> now;

  @BeforeEach
  void make() throws Exception {
    pair = TestPair.of("localhost");
    trusting =
        new TlsFiles(
            Optional.of(pair.writeCertificate(folder.resolve("ca.pem"))), Optional.empty());
  }

  @Test
  void tellsOperatorsOfEachAlarm() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      AlarmMail.toOperators(
              to(server, Security.NONE), List.of("ops@example.com", "sec@example.com"), clock)
          .send(List.of(ALARM, OPERATORS_ONLY));
      assertThat(server.recipients)
          .containsExactly(
              "RCPT TO:<ops@example.com>",
              "RCPT TO:<sec@example.com>",
              "RCPT TO:<ops@example.com>",
              "RCPT TO:<sec@example.com>");
      assertThat(server.mails.getFirst())
          .contains(
              "From: daypass@example.com\n",
              "To: ops@example.com, sec@example.com\n",
              "Subject: daypass: Login of alice@example.com from a new network\n",
              "Auto-Submitted: auto-generated\n",
              "Date: Sat, 21 Nov 2026 ",
              "\n\nIt is the first from 192.0.2.0/24.\n");
    }
  }

  @Test
  void tellsAnOwnerOfTheOwnAccountOnly() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      AlarmMail.toOwners(to(server, Security.NONE), clock).send(List.of(OPERATORS_ONLY, ALARM));
      assertThat(server.recipients).containsExactly("RCPT TO:<alice@example.com>");
    }
  }

  @Test
  void theMessageIdIsTheSameAtEachTry() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      AlarmMail mail = AlarmMail.toOwners(to(server, Security.NONE), clock);
      mail.send(List.of(ALARM));
      mail.send(List.of(ALARM));
      List<String> ids =
          server.mails.stream()
              .map(text -> text.lines().filter(l -> l.startsWith("Message-ID")).findFirst().get())
              .toList();
      assertThat(ids.get(0)).isEqualTo(ids.get(1)).matches("Message-ID: <[0-9a-f]{32}@daypass>");
    }
  }

  @Test
  void startsTlsAndLogsInBehindIt() throws Exception {
    try (FakeMailServer server = FakeMailServer.startTls(pair.server())) {
      MailServer known =
          new MailServer(
              "localhost",
              server.port(),
              Security.STARTTLS,
              trusting,
              "daypass@example.com",
              Optional.of(new MailServer.Login("daypass", "word")));
      AlarmMail.toOwners(known, clock).send(List.of(ALARM));
      assertThat(server.mails).hasSize(1);
      assertThat(server.logins).containsExactly("daypass\u0000daypass\u0000word");
      assertThat(known.login()).hasToString("Optional[daypass]");
    }
  }

  @Test
  void speaksTlsFromTheFirstByteIfToldSo() throws Exception {
    try (FakeMailServer server = FakeMailServer.implicitTls(pair.server())) {
      AlarmMail.toOwners(to(server, Security.TLS), clock).send(List.of(ALARM));
      assertThat(server.mails).hasSize(1);
    }
  }

  @Test
  void sendsNothingInTheClear() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      requireFailure(AlarmMail.toOwners(to(server, Security.STARTTLS), clock));
      assertThat(server.recipients).isEmpty();
    }
  }

  @Test
  void sendsNothingToAnotherName() throws Exception {
    TestPair other = TestPair.of("other.example.com");
    TlsFiles files =
        new TlsFiles(
            Optional.of(other.writeCertificate(folder.resolve("other.pem"))), Optional.empty());
    try (FakeMailServer server = FakeMailServer.startTls(other.server())) {
      MailServer to =
          new MailServer(
              "localhost",
              server.port(),
              Security.STARTTLS,
              files,
              "daypass@example.com",
              Optional.empty());
      requireFailure(AlarmMail.toOwners(to, clock));
      assertThat(server.recipients).isEmpty();
    }
  }

  @Test
  void anAddressThatIsRefusedForGoodKeepsNobodyWaiting() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      server.toRecipients = "550 no such mailbox";
      AlarmMail mail = AlarmMail.toOwners(to(server, Security.NONE), clock);
      mail.send(List.of(ALARM));
      assertThat(server.mails).isEmpty();
    }
  }

  @Test
  void whatIsRefusedForNowIsTriedAgain() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      AlarmMail mail = AlarmMail.toOwners(to(server, Security.NONE), clock);
      server.toRecipients = "450 greylisted";
      requireFailure(mail);
      server.toRecipients = "250 ok";
      server.toData = "452 no space";
      requireFailure(mail);
      server.toData = "250 kept";
      mail.send(List.of(ALARM));
      assertThat(server.mails).hasSize(1);
    }
  }

  @Test
  void aMailThatIsRefusedForGoodKeepsNobodyWaiting() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      AlarmMail mail = AlarmMail.toOwners(to(server, Security.NONE), clock);
      server.toData = "554 looks like spam";
      mail.send(List.of(ALARM));
      server.toData = "250 kept";
      server.toSender = "553 not yours";
      mail.send(List.of(ALARM));
      assertThat(server.mails).isEmpty();
    }
  }

  @Test
  void aLoginThatIsMissingIsTriedAgainHoweverLong() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      AlarmMail mail = AlarmMail.toOwners(to(server, Security.NONE), clock);
      for (String answer : List.of("530 log in first", "421 closing", "451 try later")) {
        server.toSender = answer;
        requireFailure(mail);
        now = now.plus(Duration.ofHours(2));
        requireFailure(mail);
      }
    }
  }

  @Test
  void anOwnersMailboxThatIsFullKeepsOthersWaitingForAnHour() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      AlarmMail mail = AlarmMail.toOwners(to(server, Security.NONE), clock);
      server.toRecipients = "452 mailbox full";
      requireFailure(mail);
      now = now.plus(Duration.ofHours(1)).minusMillis(1);
      requireFailure(mail);
      now = now.plusMillis(1);
      mail.send(List.of(ALARM));
      mail.send(List.of(ALARM)); // the next one about the same owner waits no second hour
      now = now.plus(Duration.ofDays(1));
      requireFailure(mail);
      assertThat(server.mails).isEmpty();
    }
  }

  @Test
  void anHourBeginsAnewOnceAMailWasTaken() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      AlarmMail mail = AlarmMail.toOwners(to(server, Security.NONE), clock);
      server.toRecipients = "450 greylisted";
      requireFailure(mail);
      server.toRecipients = "250 ok";
      mail.send(List.of(ALARM));
      now = now.plus(Duration.ofHours(2));
      server.toRecipients = "450 greylisted";
      requireFailure(mail);
    }
  }

  @Test
  void operatorsAreTriedAgainHoweverLong() throws Exception {
    try (FakeMailServer server = FakeMailServer.plain()) {
      AlarmMail mail =
          AlarmMail.toOperators(to(server, Security.NONE), List.of("ops@example.com"), clock);
      server.toRecipients = "452 mailbox full";
      for (int hour = 0; hour < 3; hour++) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> mail.send(List.of(ALARM)));
        now = now.plus(Duration.ofHours(1));
      }
    }
  }

  @Test
  void aServerThatIsAwayIsAFailure() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    requireFailure(
        AlarmMail.toOwners(
            new MailServer(
                "127.0.0.1", port, Security.NONE, trusting, "a@example.com", Optional.empty()),
            clock));
  }

  private MailServer to(FakeMailServer server, Security security) {
    return new MailServer(
        "localhost", server.port(), security, trusting, "daypass@example.com", Optional.empty());
  }

  private static void requireFailure(AlarmMail mail) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> mail.send(List.of(ALARM)))
        .withMessageStartingWith("mail to owner: ");
  }
}
