package dev.daypass.oidc.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityKind;
import dev.daypass.login.LoginMode;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.FakeSignIn;
import dev.daypass.oidc.TestClock;
import dev.daypass.oidc.TestKey;
import dev.daypass.oidc.keys.KeyRefresh;
import dev.daypass.oidc.rules.ClaimRules;
import dev.daypass.oidc.rules.OidcProvider;
import dev.daypass.oidc.rules.TokenRules;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One provider, the daemon as its client, and a browser between them. */
final class SignInScene implements AutoCloseable {
  static final String NAME = "okta";
  static final SignInSecrets SECRETS =
      new SignInSecrets("state-1", "nonce-1", "verifier-1-".repeat(5));
  static final SignInTerms TERMS = new SignInTerms(LoginMode.LOOPBACK, Optional.empty());

  private static final TestKey KEY = TestKey.ecdsa("k1", "ES256");

  final TestClock clock = new TestClock();
  final FakeIdp idp = new FakeIdp(KEY);
  final FakeSignIn there = idp.signIn();
  final OidcSignIn signIn;

  private SignInScene(ClientCredentials credentials, SignInStyle style, ClaimRules claims) {
    there.clock(clock);
    there.person("alice@example.com", "dba");
    signIn =
        new OidcSignIn(
            List.of(new SignInClient(provider(idp.issuer(), claims), "Okta", credentials, style)),
            Set.of(NAME, "ci"),
            "https://ca.example.com",
            clock);
  }

  /** A public client that asks for a refresh token. */
  static SignInScene usual() {
    return of(ClientCredentials.ofPublic("daypass"), style());
  }

  static SignInScene of(ClientCredentials credentials, SignInStyle style) {
    return of(credentials, style, rules());
  }

  static SignInScene of(ClientCredentials credentials, SignInStyle style, ClaimRules claims) {
    return new SignInScene(credentials, style, claims);
  }

  static OidcProvider provider(String issuer, ClaimRules claims) {
    return new OidcProvider(
        NAME,
        issuer,
        true,
        IdentityKind.PERSON,
        TokenRules.of(IdentityKind.PERSON, "an-api"),
        claims,
        KeyRefresh.DEFAULTS);
  }

  static SignInStyle style() {
    return SignInStyle.ofScopes("openid", "profile", "email", "offline_access");
  }

  static ClaimRules rules() {
    return ClaimRules.username("email").withEmailDomains("example.com").withGroups("groups");
  }

  URI target() {
    return target(TERMS);
  }

  URI target(SignInTerms terms) {
    return ((SignInRequest.To) signIn.begin(NAME, SECRETS, terms)).target();
  }

  /** What the browser brings back. */
  Map<String, List<String>> callback() {
    return there.visit(target());
  }

  SignInResult finish(Map<String, List<String>> parameters) {
    return signIn.finish(NAME, SECRETS, TERMS, parameters);
  }

  SignInResult finish() {
    return finish(callback());
  }

  SignInResult finish(SignInTerms terms) {
    return signIn.finish(NAME, SECRETS, terms, there.visit(target(terms)));
  }

  SignInResult.SignedIn signedIn() {
    SignInResult result = finish();
    assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
    return (SignInResult.SignedIn) result;
  }

  RefreshResult refresh(Identity known, RefreshToken token) {
    return signIn.refresh(NAME, known, token);
  }

  RefreshResult refresh(SignInResult.SignedIn login) {
    return refresh(login.identity(), login.refresh().orElseThrow());
  }

  static Map<String, List<String>> with(
      Map<String, List<String>> parameters, String name, String... values) {
    Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
    changed.put(name, List.of(values));
    return changed;
  }

  static Map<String, List<String>> without(Map<String, List<String>> parameters, String name) {
    Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
    changed.remove(name);
    return changed;
  }

  @Override
  public void close() {
    signIn.close();
    idp.close();
  }
}
