package dev.daypass.config.outward;

import java.util.List;
import java.util.Optional;

/**
 * Who is told of what is written down.
 *
 * @param mail present wherever an alarm goes by mail
 */
public record OutwardConfig(
    List<EventsConfig> events, List<AlarmsConfig> alarms, Optional<MailConfig> mail) {
  public OutwardConfig {
    events = List.copyOf(events);
    alarms = List.copyOf(alarms);
  }
}
