package dev.daypass.export.event;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * The server that takes our mail. Without TLS nothing is sent to another machine, and the server's
 * name is in its certificate (RFC 3207, RFC 8314).
 */
public record MailServer(
    String host, int port, Security security, TlsFiles tls, String from, Optional<Login> login) {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** How the way there is protected. */
  public enum Security {
    STARTTLS,
    TLS,
    NONE
  }

  /** Who we are to the server. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  Session session() throws IOException {
    Properties is = new Properties();
    is.put("mail.smtp.host", host);
    is.put("mail.smtp.port", Integer.toString(port));
    String patience = Long.toString(PATIENCE.toMillis());
    is.put("mail.smtp.connectiontimeout", patience);
    is.put("mail.smtp.timeout", patience);
    is.put("mail.smtp.writetimeout", patience);
    is.put("mail.smtp.sendpartial", "true"); // an address that is wrong keeps no other waiting
    is.put("mail.smtp.ssl.checkserveridentity", "true");
    is.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    switch (security) {
      case STARTTLS -> {
        is.put("mail.smtp.starttls.enable", "true");
        is.put("mail.smtp.starttls.required", "true");
      }
      case TLS -> is.put("mail.smtp.ssl.enable", "true");
      case NONE -> {}
    }
    if (security != Security.NONE) {
      is.put("mail.smtp.ssl.socketFactory", tls.context().getSocketFactory());
    }
    if (login.isEmpty()) {
      return Session.getInstance(is);
    }
    is.put("mail.smtp.auth", "true");
    Login known = login.get();
    return Session.getInstance(
        is,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(known.user(), known.password());
          }
        });
  }
}
