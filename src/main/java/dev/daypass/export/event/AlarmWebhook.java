package dev.daypass.export.event;

import dev.daypass.outward.OutwardTarget;
import dev.daypass.outward.alarm.Alarm;
import java.io.IOException;
import java.util.List;

/** A webhook that is told of alarms, as findings. */
public record AlarmWebhook(Webhook webhook) implements OutwardTarget<Alarm> {
  @Override
  public String name() {
    return webhook.name();
  }

  @Override
  public String positionKey() {
    return webhook.positionKey();
  }

  @Override
  public int batch() {
    return webhook.batch();
  }

  @Override
  public void send(List<Alarm> batch) throws IOException {
    webhook.send(batch.stream().map(Alarm::finding).toList());
  }

  @Override
  public void close() {
    webhook.close();
  }
}
