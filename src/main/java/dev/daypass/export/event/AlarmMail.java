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
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alarms by mail: each to operators, or unusual use of an account to its owner. An address that the
 * server refuses for good is given up, with a line in the log: it would keep all others waiting.
 */
public final class AlarmMail implements OutwardTarget<Alarm> {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmMail.class);

  /** RFC 5321, section 4.2.1: 5yz are permanent. */
  private static final int PERMANENT = 500;

  private final MailServer server;
  private final Optional<List<String>> operators;

  private AlarmMail(MailServer server, Optional<List<String>> operators) {
    this.server = server;
    this.operators = operators;
  }

  /** All alarms, to these addresses. */
  public static AlarmMail toOperators(MailServer server, List<String> addresses) {
    return new AlarmMail(server, Optional.of(List.copyOf(addresses)));
  }

  /** Unusual use of an account, to the address that its identity provider has verified. */
  public static AlarmMail toOwners(MailServer server) {
    return new AlarmMail(server, Optional.empty());
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
    } catch (SendFailedException e) {
      requirePermanent(e);
      LOG.warn("mail about {} was refused for good: {}", alarm.finding().id(), e.getMessage());
    } catch (MessagingException e) {
      throw new IOException(name() + ": " + e.getMessage(), e);
    }
  }

  /** Some have it, or each address was refused for good; anything else is tried again. */
  private void requirePermanent(SendFailedException failed) throws IOException {
    boolean someHaveIt =
        failed.getValidSentAddresses() != null && failed.getValidSentAddresses().length > 0;
    boolean allRefused = false;
    for (Exception next = failed.getNextException();
        next instanceof MessagingException refused;
        next = refused.getNextException()) {
      if (refused instanceof SMTPAddressFailedException address) {
        allRefused = address.getReturnCode() >= PERMANENT;
        if (!allRefused) {
          break;
        }
      }
    }
    if (!someHaveIt && !allRefused) {
      throw new IOException(name() + ": " + failed.getMessage(), failed);
    }
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
