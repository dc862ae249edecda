package dev.daypass.export.event;

import dev.daypass.outward.OutwardTarget;
import dev.daypass.outward.alarm.Alarm;
import dev.daypass.ssh.Bytes;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alarms by mail: each to operators, or unusual use of an account to its owner. What the server
 * refuses for good is given up, and what it refuses one owner for an hour, with a line in the log:
 * it would keep all others waiting.
 */
public final class AlarmMail implements OutwardTarget<Alarm> {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmMail.class);

  /** After this time an owner's address that is refused for now is given up. */
  private static final Duration LONG = Duration.ofHours(1);

  /** After this time such an address has its hour again. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final MailServer server;
  private final Optional<List<String>> operators;
  private final InstantSource clock;

  /** Owners whose address is refused for now; the sending thread's. */
  private final Map<String, Instant> refusedSince = new HashMap<>();

  private AlarmMail(MailServer server, Optional<List<String>> operators, InstantSource clock) {
    this.server = server;
    this.operators = operators;
    this.clock = clock;
  }

  /** All alarms, to these addresses. */
  public static AlarmMail toOperators(
      MailServer server, List<String> addresses, InstantSource clock) {
    return new AlarmMail(server, Optional.of(List.copyOf(addresses)), clock);
  }

  /** Unusual use of an account, to the address that its identity provider has verified. */
  public static AlarmMail toOwners(MailServer server, InstantSource clock) {
    return new AlarmMail(server, Optional.empty(), clock);
  }

  @Override
  public String name() {
    return "mail to " + operators.map(all -> String.join(",", all)).orElse("owner");
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public void send(List<Alarm> batch) throws IOException {
    for (Alarm alarm : batch) {
      List<String> to = operators.orElse(alarm.owner().stream().toList());
      if (!to.isEmpty()) {
        send(alarm, to);
      }
    }
  }

  @Override
  public void close() {
    // Each mail has a connection of its own, which knows its end.
  }

  private void send(Alarm alarm, List<String> to) throws IOException {
    try {
      Transport.send(message(alarm, to));
      to.forEach(refusedSince::remove);
    } catch (SendFailedException e) {
      boolean isGivenUp =
          switch (MailRefusal.of(e)) {
            case FOR_GOOD -> true;
            case OF_RECIPIENTS_FOR_NOW -> operators.isEmpty() && isRefusedForLong(to.getFirst());
            case FOR_NOW -> false;
          };
      if (!isGivenUp) {
        throw new IOException(name() + ": " + e.getMessage(), e);
      }
      LOG.warn(
          "mail about {} was refused, and is given up: {}", alarm.finding().id(), e.getMessage());
    } catch (MessagingException e) {
      throw new IOException(name() + ": " + e.getMessage(), e);
    }
  }

  /** Whether this address has been refused for an hour; it would keep all others waiting. */
  private boolean isRefusedForLong(String address) {
    Instant now = clock.instant();
    refusedSince.values().removeIf(since -> !now.isBefore(since.plus(FORGOTTEN)));
    return !now.isBefore(refusedSince.computeIfAbsent(address, _ -> now).plus(LONG));
  }

  private MimeMessage message(Alarm alarm, List<String> to) throws IOException, MessagingException {
    Session session = server.session();
    // The same at each try, so that who has it already can tell.
    String id =
        "<" + Bytes.ofUtf8(alarm.finding().id()).sha256().hex().substring(0, 32) + "@daypass>";
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(address(server.from()));
    for (String recipient : to) {
      message.addRecipient(Message.RecipientType.TO, address(recipient));
    }
    message.setSubject("daypass: " + alarm.title(), StandardCharsets.UTF_8.name());
    message.setText(alarm.text(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(alarm.finding().at()));
    message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834, section 5
    return message;
  }

  private static Address address(String text) throws AddressException {
    return new InternetAddress(text, true);
  }
}
