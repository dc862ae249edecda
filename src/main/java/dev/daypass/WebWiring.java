package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.config.LimitsConfig;
import dev.daypass.config.Rate;
import dev.daypass.web.WebLimits;
import dev.daypass.web.WebSettings;
import dev.daypass.web.tls.Transport;
import java.util.Optional;

/** Tells the web adapter what the configuration says of listeners and limits. */
final class WebWiring {
  private WebWiring() {}

  static WebSettings settings(DaypassConfig config) {
    return new WebSettings(
        config.url(),
        config.listen().api().socketAddress(),
        transport(config.listen().transport()),
        Optional.of(config.listen().metrics().socketAddress()),
        config.limits().trustedProxies(),
        limits(config.limits()));
  }

  private static Transport transport(dev.daypass.config.Transport transport) {
    return switch (transport) {
      case dev.daypass.config.Transport.Tls(var certificate, var key) ->
          new Transport.Tls(certificate, key);
      case dev.daypass.config.Transport.LoopbackHttp _ -> new Transport.Loopback();
      case dev.daypass.config.Transport.ProxiedHttp _ -> new Transport.BehindProxy();
    };
  }

  private static WebLimits limits(LimitsConfig limits) {
    return new WebLimits(
        limits.connections(),
        limits.connectionsPerAddress(),
        limits.requestsInFlight(),
        limits.idle(),
        limits.receive(),
        limits.deadline(),
        perMinute(limits.failures()));
  }

  private static int perMinute(Rate rate) {
    return Math.clamp(rate.count() * 60L / Math.max(1, rate.per().toSeconds()), 1, 1_000_000);
  }
}
