package dev.daypass;

import dev.daypass.config.outward.AlarmsConfig;
import dev.daypass.config.outward.MailConfig;
import dev.daypass.export.event.AlarmMail;
import dev.daypass.export.event.AlarmWebhook;
import dev.daypass.export.event.MailServer;
import dev.daypass.export.event.TlsFiles;
import dev.daypass.export.event.Webhook;
import dev.daypass.export.event.WebhookSecret;
import dev.daypass.outward.OutwardTarget;
import dev.daypass.outward.alarm.Alarm;
import java.util.Optional;

/** Who is told of alarms, as the configuration names them. */
final class AlarmTargets {
  private AlarmTargets() {}

  static OutwardTarget<Alarm> of(AlarmsConfig place, Foundation base) {
    Optional<MailConfig> mail = base.config().outward().mail();
    return switch (place) {
      case AlarmsConfig.ToWebhook(var url, var secret) ->
          new AlarmWebhook(new Webhook(url, WebhookSecret.parse(secret.reveal()), base.clock()));
      case AlarmsConfig.ToOperators(var addresses) ->
          AlarmMail.toOperators(server(mail.orElseThrow()), addresses, base.clock());
      case AlarmsConfig.ToOwner() -> AlarmMail.toOwners(server(mail.orElseThrow()), base.clock());
    };
  }

  private static MailServer server(MailConfig mail) {
    return new MailServer(
        mail.host(),
        mail.port(),
        switch (mail.security()) {
          case STARTTLS -> MailServer.Security.STARTTLS;
          case TLS -> MailServer.Security.TLS;
          case NONE -> MailServer.Security.NONE;
        },
        new TlsFiles(mail.authorities(), Optional.empty()),
        mail.from(),
        mail.login().map(l -> new MailServer.Login(l.user(), l.password().reveal())));
  }
}
