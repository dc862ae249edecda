package dev.daypass.login;

import dev.daypass.identity.Identity;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/**
 * An identity provider in memory that rotates its refresh tokens: each is good once, and whoever
 * brings an old one gets {@code invalid_grant}, as RFC 9700 section 4.14.2 has it.
 */
public final class FakeSignInProviders implements SignInProviders {
  public static final String NAME = "okta";

  private final List<SignInSecrets> begun = new ArrayList<>();
  private final List<SignInTerms> terms = new ArrayList<>();
  private final BlockingQueue<RefreshToken> givenBack = new LinkedBlockingQueue<>();
  private Optional<SignInResult> signIn = Optional.empty();
  private Optional<RefreshResult> refresh = Optional.empty();
  private UnaryOperator<Identity> derived = UnaryOperator.identity();
  private boolean refreshTokens = true;
  private boolean rotating = true;
  private boolean unreachable;
  private Runnable onRefresh = () -> {};
  private int tokens;
  private int refreshes;
  private int exchanges;

  /** Who signs in next. */
  public synchronized void signsIn(Identity identity) {
    signIn =
        Optional.of(
            new SignInResult.SignedIn(
                identity, refreshTokens ? Optional.of(nextToken()) : Optional.empty()));
  }

  /** From now on every token that was ever given stays good. */
  public synchronized void keepRefreshTokens() {
    rotating = false;
  }

  /** What the next sign-ins come to. */
  public synchronized void signInComesTo(SignInResult result) {
    signIn = Optional.of(result);
  }

  public synchronized void withoutRefreshTokens() {
    refreshTokens = false;
  }

  /** What refreshes answer from now on, whatever the token. */
  public synchronized void refreshComesTo(RefreshResult result) {
    refresh = Optional.of(result);
  }

  /** Refreshes are judged by their token again. */
  public synchronized void refreshAsUsual() {
    refresh = Optional.empty();
  }

  /** How an identity has changed when it is derived the next time. */
  public synchronized void derives(UnaryOperator<Identity> change) {
    derived = change;
  }

  public synchronized void unreachable(boolean state) {
    unreachable = state;
  }

  /** Runs in the middle of a refresh, after the provider has rotated its token. */
  public synchronized void onRefresh(Runnable action) {
    onRefresh = action;
  }

  /** Refreshes wait for the latch. */
  public void holdRefreshes(CountDownLatch entered, CountDownLatch latch) {
    onRefresh(() -> {
      entered.countDown();
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }

  /** How often it was asked about what a browser brought back. */
  public synchronized int exchanges() {
    return exchanges;
  }

  /** The next token that is given back. */
  public RefreshToken nextGivenBack() throws InterruptedException {
    return givenBack.take();
  }

  public synchronized int refreshes() {
    return refreshes;
  }

  public synchronized SignInSecrets lastSecrets() {
    return begun.getLast();
  }

  public synchronized SignInTerms lastTerms() {
    return terms.getLast();
  }

  @Override
  public List<SignInProvider> providers() {
    return List.of(new SignInProvider(NAME, "Okta"));
  }

  @Override
  public synchronized SignInRequest begin(
      String provider, SignInSecrets secrets, SignInTerms asked) {
    if (!provider.equals(NAME)) {
      return new SignInRequest.Unknown();
    }
    if (unreachable) {
      return new SignInRequest.Unavailable("no discovery document");
    }
    begun.add(secrets);
    terms.add(asked);
    return new SignInRequest.To(URI.create("https://idp.example.com/authorize"));
  }

  @Override
  public synchronized SignInResult finish(
      String provider,
      SignInSecrets secrets,
      SignInTerms asked,
      Map<String, List<String>> parameters) {
    exchanges++;
    return unreachable
        ? new SignInResult.Unavailable("the token endpoint does not answer")
        : signIn.orElseThrow();
  }

  @Override
  public RefreshResult refresh(String provider, Identity known, RefreshToken token) {
    RefreshResult result;
    Runnable action;
    synchronized (this) {
      refreshes++;
      action = onRefresh;
      result = refresh.orElseGet(() -> judged(known, token));
    }
    action.run();
    return result;
  }

  @Override
  public void giveBack(String provider, RefreshToken token) {
    givenBack.add(token);
  }

  private RefreshResult judged(Identity known, RefreshToken token) {
    if (unreachable) {
      return new RefreshResult.Unreachable("connection refused");
    }
    if (!rotating) {
      return new RefreshResult.Renewed(derived.apply(known), Optional.empty());
    }
    if (!token.equals(RefreshToken.of("token-" + tokens))) {
      return new RefreshResult.Ended("invalid_grant");
    }
    return new RefreshResult.Renewed(derived.apply(known), Optional.of(nextToken()));
  }

  private RefreshToken nextToken() {
    tokens++;
    return RefreshToken.of("token-" + tokens);
  }
}
