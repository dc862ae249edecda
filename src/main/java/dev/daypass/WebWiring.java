package dev.daypass;

import dev.daypass.config.DaypassConfig;
import dev.daypass.config.LimitsConfig;
import dev.daypass.config.Rate;
import dev.daypass.fleet.HostDirectory;
import dev.daypass.identity.Identity;
import dev.daypass.issuance.Freeze;
import dev.daypass.login.LoginDesk;
import dev.daypass.login.RequestSignatures;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.oidc.OidcTokenAuthenticator;
import dev.daypass.policy.DutyName;
import dev.daypass.reload.PolicyShelf;
import dev.daypass.web.WebBackend;
import dev.daypass.web.WebLimits;
import dev.daypass.web.WebServer;
import dev.daypass.web.WebSettings;
import dev.daypass.web.asker.SignatureCheck;
import dev.daypass.web.quota.CertificateQuotas;
import dev.daypass.web.quota.Quota;
import dev.daypass.web.tls.Transport;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the HTTP port of the use cases behind it and of what the configuration says. */
record WebWiring(
    Foundation base,
    PolicyShelf policy,
    HostDirectory hosts,
    BundleShelf bundles,
    FleetDesk fleet,
    Freeze freeze,
    LedgerPublication published,
    OutwardFeeds outward,
    SignInProviders providers) {
  WebBackend backend(
      RequestSignatures signatures,
      LoginDesk logins,
      IssuanceDesk desk,
      WebBackend.Revoking revoking,
      RunningParts parts) {
    DaypassConfig config = base.config();
    OidcTokenAuthenticator tokens =
        parts.started(new OidcTokenAuthenticator(OidcProviders.of(config), base.clock()));
    tokens.warmUp();
    return new WebBackend(
        base.meters().timed(tokens),
        SignatureCheck.of(signatures),
        logins,
        desk,
        new WebBackend.Policies(
            identity -> policy.policy().rolesFor(identity, base.clock().instant()),
            identity -> hasDuty(identity, DutyName.OPERATOR),
            identity -> hasDuty(identity, DutyName.AUDITOR)),
        hosts::find,
        fleet,
        new LedgerHistory(base.ledger()),
        new PublishedState(base.signer()::keys, bundles, config, fleet.registry()),
        revoking,
        published.auditing(AuditDesk.of(base), PrivacyDesk.of(base)),
        new ConsoleDesk(base, policy, fleet, providers),
        new ReadinessChecks(base.ledger(), freeze, desk, this::checks)::report);
  }

  WebServer start(WebBackend backend, RunningParts parts) throws IOException {
    PrometheusMeterRegistry meters = base.meters().registry();
    published.meter(meters);
    outward.meter(meters);
    return parts.started(
        WebServer.start(settings(base.config()), backend, meters, base.clock(), base.random()));
  }

  private Map<String, String> checks() {
    Map<String, String> checks = new HashMap<>(published.checks());
    checks.putAll(outward.checks());
    checks.putAll(fleet.endings().checks());
    return checks;
  }

  private boolean hasDuty(Identity identity, DutyName duty) {
    return policy.policy().hasDuty(identity, duty, base.clock().instant());
  }

  private static WebSettings settings(DaypassConfig config) {
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
        quota(limits.failures()),
        new CertificateQuotas(
            quota(limits.certificates().perIdentity()),
            quota(limits.certificates().perKey()),
            quota(limits.certificates().perAddress()),
            quota(limits.certificates().together())));
  }

  private static Quota quota(Rate rate) {
    return new Quota(rate.count(), rate.per());
  }
}
