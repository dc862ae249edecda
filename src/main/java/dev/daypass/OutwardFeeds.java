package dev.daypass;

import dev.daypass.config.outward.AlarmsConfig;
import dev.daypass.config.outward.EventsConfig;
import dev.daypass.custody.CopyPositionFile;
import dev.daypass.export.event.EventFile;
import dev.daypass.export.event.SyslogReceiver;
import dev.daypass.export.event.TlsFiles;
import dev.daypass.export.event.Webhook;
import dev.daypass.export.event.WebhookSecret;
import dev.daypass.ledger.publish.CopyPosition;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.outward.Event;
import dev.daypass.outward.Feed;
import dev.daypass.outward.FeedBeginning;
import dev.daypass.outward.FeedSource;
import dev.daypass.outward.FeedStanding;
import dev.daypass.outward.OutwardTarget;
import dev.daypass.outward.alarm.Alarm;
import dev.daypass.outward.alarm.Alarms;
import dev.daypass.outward.ocsf.OcsfEvents;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who is told of each entry, and how each of them stands. */
record OutwardFeeds(List<Feed<?>> events, List<Feed<?>> alarms) {
  /** An entry is told a second or two after its receipt. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  static OutwardFeeds start(Foundation base, RunningParts parts) {
    String origin = base.config().ledger().origin();
    EntryBrowser browser = new EntryBrowser(base.stores().ledger(), base.ledger()::size);
    FeedSource source = new FeedSource(origin, browser, base.ledger()::size);
    OcsfEvents ocsf = new OcsfEvents(origin);
    List<Feed<?>> events = new ArrayList<>();
    for (EventsConfig place : base.config().outward().events()) {
      OutwardTarget<Event> target = target(place, base);
      FeedBeginning beginning = place.fromNow() ? FeedBeginning.NOW : FeedBeginning.FIRST;
      CopyPosition position = position(base, "events " + target.positionKey());
      Feed<Event> feed = new Feed<>(source, ocsf, target, position, beginning, base.clock());
      start(feed, target, parts);
      events.add(feed);
    }
    List<Feed<?>> alarms = new ArrayList<>();
    for (AlarmsConfig place : base.config().outward().alarms()) {
      OutwardTarget<Alarm> target = AlarmTargets.of(place, base);
      Alarms alarming = new Alarms(ocsf, browser, origin, base.config().url());
      CopyPosition position = position(base, "alarms " + target.positionKey());
      // Nobody is woken for what happened before.
      Feed<Alarm> feed =
          new Feed<>(source, alarming, target, position, FeedBeginning.NOW, base.clock());
      start(feed, target, parts);
      alarms.add(feed);
    }
    return new OutwardFeeds(List.copyOf(events), List.copyOf(alarms));
  }

  /** In the words of {@code /readyz}; a target that is away stops no certificate. */
  Map<String, String> checks() {
    Map<String, String> checks = new TreeMap<>();
    checks(checks, "events-", events);
    checks(checks, "alarms-", alarms);
    return checks;
  }

  void meter(MeterRegistry meters) {
    meter(meters, "daypass.events", events);
    meter(meters, "daypass.alarms", alarms);
  }

  private static void checks(Map<String, String> checks, String name, List<Feed<?>> feeds) {
    for (int i = 0; i < feeds.size(); i++) {
      FeedStanding standing = feeds.get(i).standing();
      String state = standing.failure().isPresent() ? "failing" : "ok";
      checks.put(name + (i + 1), state + ", " + standing.behind() + " behind");
    }
  }

  private static void meter(MeterRegistry meters, String name, List<Feed<?>> feeds) {
    List<String> names = names(feeds.stream().map(feed -> feed.standing().to()).toList());
    for (int i = 0; i < names.size(); i++) {
      Feed<?> feed = feeds.get(i);
      Tags tags = Tags.of("to", names.get(i));
      Gauge.builder(name + ".behind", feed, f -> f.standing().behind())
          .description("Entries that the target has not been told of")
          .tags(tags)
          .register(meters);
      Gauge.builder(name + ".failing", feed, f -> f.standing().failure().isPresent() ? 1 : 0)
          .description("1 if the last attempt to tell it failed")
          .tags(tags)
          .register(meters);
    }
  }

  /** Each of its own: the second of one name has a 2 behind it. */
  static List<String> names(List<String> shown) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      String name = shown.get(i);
      int before = Collections.frequency(shown.subList(0, i), name);
      names.add(before == 0 ? name : name + " (" + (before + 1) + ")");
    }
    return names;
  }

  /** A target is closed before its feed ends: what hangs would keep the stop waiting. */
  private static void start(Feed<?> feed, OutwardTarget<?> target, RunningParts parts) {
    parts.everyUntilDone(PAUSE, feed::advance);
    parts.started(target);
  }

  private static OutwardTarget<Event> target(EventsConfig place, Foundation base) {
    return switch (place) {
      case EventsConfig.ToFile(var file, _) -> new EventFile(file);
      case EventsConfig.ToSyslog to ->
          new SyslogReceiver(
              to.host(),
              to.port(),
              new TlsFiles(
                  to.authorities(),
                  to.client().map(c -> new TlsFiles.Pair(c.certificate(), c.key()))),
              URI.create(base.config().url()).getHost());
      case EventsConfig.ToWebhook(var url, var secret, _) ->
          new Webhook(url, WebhookSecret.parse(secret.reveal()), base.clock());
    };
  }

  private static CopyPosition position(Foundation base, String place) {
    return new CopyPositionFile(base.state().copyPosition(place));
  }
}
