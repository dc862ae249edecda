package dev.daypass.export.event;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a mail server's no means for the next try. */
enum MailRefusal {
  /** Some have it already, or nobody ever will. */
  FOR_GOOD,
  /** Of each recipient for now: a mailbox is full, or somebody is made to wait. */
  OF_RECIPIENTS_FOR_NOW,
  /** For now, whoever the recipient is. */
  FOR_NOW;

  /** RFC 5321, section 4.2.1: 5yz are permanent. */
  private static final int PERMANENT = 500;

  /** RFC 5321, section 3.8: the server ends the connection, whatever was asked. */
  private static final int ENDS = 421;

  /** RFC 4954, section 6, and RFC 5248: about who we are; an operator puts that right. */
  private static final List<Integer> WHO_WE_ARE = List.of(530, 534, 535, 538);

  static MailRefusal of(SendFailedException failed) {
    if (failed.getValidSentAddresses() != null && failed.getValidSentAddresses().length > 0) {
      return FOR_GOOD;
    }
    List<Integer> ofRecipients = new ArrayList<>();
    for (Exception next = failed;
        next instanceof MessagingException refused;
        next = refused.getNextException()) {
      switch (refused) {
        case SMTPAddressFailedException address -> ofRecipients.add(address.getReturnCode());
        case SMTPSendFailedException mail when isPermanent(mail.getReturnCode()) -> {
          return FOR_GOOD;
        }
        case SMTPSenderFailedException sender when isPermanent(sender.getReturnCode()) -> {
          return FOR_GOOD;
        }
        default -> {}
      }
    }
    if (ofRecipients.isEmpty() || ofRecipients.stream().anyMatch(MailRefusal::isOurs)) {
      return FOR_NOW;
    }
    return ofRecipients.stream().allMatch(MailRefusal::isPermanent)
        ? FOR_GOOD
        : OF_RECIPIENTS_FOR_NOW;
  }

  private static boolean isPermanent(int code) {
    return code >= PERMANENT && !WHO_WE_ARE.contains(code);
  }

  /** Not about the recipient at all. */
  private static boolean isOurs(int code) {
    return code == ENDS || WHO_WE_ARE.contains(code);
  }
}
