package dev.daypass.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.login.LoginMode;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TimedProvidersTest {
  private final Meters meters = new Meters();
  private SignInResult signIn = new SignInResult.Denied("access_denied");
  private final SignInProviders providers = meters.timed(new Told());

  @AfterEach
  void close() {
    meters.close();
  }

  @Test
  void countsWhatCameOfASignIn() {
    assertThat(meters.registry().scrape())
        .as("an increase from nothing is none")
        .contains(count("sign_in", "unreachable", 0), count("refresh", "unreachable", 0));
    for (SignInResult result :
        List.of(
            new SignInResult.Denied("access_denied"),
            new SignInResult.Unavailable("no route"),
            new SignInResult.Unavailable("no route"))) {
      signIn = result;
      assertThat(finish()).isSameAs(result);
    }
    assertThat(meters.registry().scrape())
        .contains(count("sign_in", "denied", 1), count("sign_in", "unreachable", 2));
  }

  @Test
  void theWordsOfAProviderAreNoLabels() {
    signIn = new SignInResult.Denied("some_word_of_theirs");
    var _ = finish();
    assertThat(meters.registry().scrape()).doesNotContain("some_word_of_theirs");
  }

  private SignInResult finish() {
    SignInSecrets secrets = new SignInSecrets("state", "nonce", "verifier");
    return providers.finish(
        "okta", secrets, new SignInTerms(LoginMode.LOOPBACK, Optional.empty()), Map.of());
  }

  private static String count(String call, String outcome, int times) {
    return "daypass_idp_call_seconds_count{call=\"%s\",outcome=\"%s\",provider=\"okta\"} %d"
        .formatted(call, outcome, times);
  }

  /** Answers what the test has set. */
  private final class Told implements SignInProviders {
    @Override
    public List<SignInProvider> providers() {
      return List.of(new SignInProvider("okta", "Okta"));
    }

    @Override
    public SignInRequest begin(String provider, SignInSecrets secrets, SignInTerms terms) {
      throw new AssertionError();
    }

    @Override
    public SignInResult finish(
        String provider,
        SignInSecrets secrets,
        SignInTerms terms,
        Map<String, List<String>> parameters) {
      return signIn;
    }

    @Override
    public RefreshResult refresh(String provider, Identity known, RefreshToken token) {
      throw new AssertionError();
    }

    @Override
    public void giveBack(String provider, RefreshToken token) {
      throw new AssertionError();
    }
  }
}
