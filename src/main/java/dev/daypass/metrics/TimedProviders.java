package dev.daypass.metrics;

import dev.daypass.identity.Identity;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;

/** Times and counts what identity providers are asked, by what came of it. */
final class TimedProviders implements SignInProviders {
  private final SignInProviders providers;
  private final Histogram calls;

  TimedProviders(SignInProviders providers, PrometheusRegistry registry) {
    this.providers = providers;
    this.calls =
        StageTimes.seconds(
            registry,
            "daypass_idp_call_seconds",
            "Time of a call to an identity provider.",
            "provider",
            "call",
            "outcome");
    // From zero: what appears as one has not risen, for Prometheus.
    for (SignInProvider provider : providers.providers()) {
      calls.initLabelValues(provider.name(), "sign_in", "unreachable");
      calls.initLabelValues(provider.name(), "refresh", "unreachable");
    }
  }

  @Override
  public List<SignInProvider> providers() {
    return providers.providers();
  }

  @Override
  public SignInRequest begin(String provider, SignInSecrets secrets, SignInTerms terms) {
    return providers.begin(provider, secrets, terms);
  }

  @Override
  public SignInResult finish(
      String provider,
      SignInSecrets secrets,
      SignInTerms terms,
      Map<String, List<String>> parameters) {
    long start = System.nanoTime();
    SignInResult result = providers.finish(provider, secrets, terms, parameters);
    ended(provider, "sign_in", outcome(result), start);
    return result;
  }

  @Override
  public RefreshResult refresh(String provider, Identity known, RefreshToken token) {
    long start = System.nanoTime();
    RefreshResult result = providers.refresh(provider, known, token);
    ended(provider, "refresh", outcome(result), start);
    return result;
  }

  @Override
  public void giveBack(String provider, RefreshToken token) {
    long start = System.nanoTime();
    providers.giveBack(provider, token);
    ended(provider, "give_back", "done", start);
  }

  private void ended(String provider, String call, String outcome, long startNanos) {
    calls.labelValues(provider, call, outcome).observe(StageTimes.since(startNanos));
  }

  private static String outcome(SignInResult result) {
    return switch (result) {
      case SignInResult.SignedIn _ -> "signed_in";
      case SignInResult.Refused _ -> "refused";
      case SignInResult.Denied _ -> "denied";
      case SignInResult.Unavailable _ -> "unreachable";
    };
  }

  private static String outcome(RefreshResult result) {
    return switch (result) {
      case RefreshResult.Renewed _ -> "renewed";
      case RefreshResult.Ended _ -> "ended";
      case RefreshResult.Refused _ -> "refused";
      case RefreshResult.Unreachable _ -> "unreachable";
      case RefreshResult.CutOff _ -> "cut_off";
    };
  }
}
