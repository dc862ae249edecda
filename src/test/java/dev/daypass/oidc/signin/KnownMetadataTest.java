package dev.daypass.oidc.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.FakeIdp.Mood;
import dev.daypass.oidc.TestClock;
import dev.daypass.oidc.TestKey;
import dev.daypass.oidc.keys.FetchException;
import dev.daypass.oidc.keys.JsonFetch;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Discovery of endpoints, its outages and its lies: CASES 52. */
@Timeout(60)
final class KnownMetadataTest {
  private static final TestKey KEY = TestKey.ecdsa("k1", "ES256");

  private final TestClock clock = new TestClock();
  private final FakeIdp idp = new FakeIdp(KEY);
  private final JsonFetch fetch = new JsonFetch();
  private final KnownMetadata known =
      new KnownMetadata(idp.issuer(), Duration.ofMillis(500), fetch, clock);

  @AfterEach
  void close() {
    fetch.close();
    idp.close();
  }

  @Test
  void readsWhatIsThere() throws Exception {
    ProviderMetadata metadata = known.find();

    assertThat(metadata.authorization()).hasToString(idp.issuer() + "/authorize");
    assertThat(metadata.token()).hasToString(idp.issuer() + "/token");
    assertThat(metadata.userinfo()).isPresent();
    assertThat(metadata.namesIssuer()).isFalse();
    assertThat(metadata.challengeMethods()).containsExactly("S256");
    assertThat(metadata.scopes()).contains("offline_access");
    assertThat(known.find()).isSameAs(metadata);
    assertThat(idp.discoveries()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"NO_KEYS"},
      mode = EnumSource.Mode.EXCLUDE)
  void goesOnThroughAnOutage(Mood mood) throws Exception {
    ProviderMetadata metadata = known.find();
    idp.behaveAtDiscovery(mood);

    clock.advance(KnownMetadata.REFRESH_AFTER);
    assertThat(known.find()).isSameAs(metadata);
    clock.advance(KnownMetadata.MAX_AGE.minus(KnownMetadata.REFRESH_AFTER).minusSeconds(1));
    assertThat(known.find().token()).isEqualTo(metadata.token());
  }

  @Test
  void aDayWithoutAnAnswerIsTheEnd() throws Exception {
    known.find();
    idp.behaveAtDiscovery(Mood.STATUS_500);
    clock.advance(KnownMetadata.MAX_AGE);

    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(known::find)
        .withMessageContaining("status 500");
  }

  @Test
  void nobodyCanMakeItAskWithoutPause() {
    idp.behaveAtDiscovery(Mood.STATUS_500);
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(FetchException.class).isThrownBy(known::find);
    }
    assertThat(idp.discoveries()).isEqualTo(1);

    clock.advance(KnownMetadata.PAUSE);
    assertThatExceptionOfType(FetchException.class).isThrownBy(known::find);
    assertThat(idp.discoveries()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/latest/",
        "https://10.0.0.1/token",
        "http://idp.example.com/token",
        "https://idp.example.com/token",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "/token",
        ""
      })
  void endpointsThatAreNoneOfItsBusiness(String address) {
    for (String name : new String[] {"authorization", "token", "userinfo"}) {
      String own = idp.issuer() + "/" + name.replace("authorization", "authorize");
      String honest = idp.discovery();
      idp.discovery(honest.replace("\"" + own + "\"", "\"" + address + "\""));
      assertThatExceptionOfType(FetchException.class)
          .isThrownBy(known::find)
          .withMessageContaining("refused");
      idp.discovery(honest);
      clock.advance(KnownMetadata.PAUSE);
    }
  }

  @Test
  void anAuthorizationEndpointHasNoFragment() {
    idp.discovery(idp.discovery().replace("/authorize", "/authorize#x"));

    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(known::find)
        .withMessageContaining("fragment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_endpoint", "token_endpoint"})
  void endpointsThatAreMissing(String name) {
    idp.discovery(idp.discovery().replace("\"" + name + "\"", "\"x_" + name + "\""));

    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(known::find)
        .withMessageContaining(name);
  }

  @Test
  void theQueryOfAnEndpointIsKept() throws Exception {
    idp.discovery(idp.discovery().replace("/authorize", "/authorize?tenant=a"));
    SignInClient client =
        new SignInClient(
            SignInScene.provider(idp.issuer(), SignInScene.rules()),
            "x",
            ClientCredentials.ofPublic("daypass"),
            SignInScene.style());

    assertThat(
            AuthenticationUri.of(
                known.find(),
                client,
                OidcSignIn.redirect("https://ca.example.com", "x"),
                SignInScene.SECRETS,
                SignInScene.TERMS))
        .hasParameter("tenant", "a")
        .hasParameter("client_id", "daypass");
  }
}
